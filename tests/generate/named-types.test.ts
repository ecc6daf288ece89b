import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../scripts/generate/files.ts';
import { describeOrigin } from '../../scripts/generate/model/origin.ts';

const origin = describeOrigin({ specFile: 'spec.yaml', outDir: 'out' });
const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (...contents: [mediaType: string, schema: object][]) => ({
  description: 'A train.',
  content: Object.fromEntries(contents.map(([mediaType, schema]) => [mediaType, { schema }])),
});

/** Renders the client of trains whose components have these names, with these responses of `getTrain`. */
function renderClient(names: readonly string[], responses: object, requestBody?: object): string {
  const train = { type: 'object', properties: { number: { type: 'integer' } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Trains', version: '1' },
    paths: {
      '/trains': { post: { operationId: 'getTrain', responses, ...(requestBody && { requestBody }) } },
    },
    components: { schemas: Object.fromEntries(names.map((name) => [name, train])) },
  };
  return renderAll(document as unknown as Oas3_1Definition, origin)['client.ts'];
}

describe('a generated client', () => {
  it('has the names of the bodies that the document names', () => {
    const client = renderClient(
      ['Train', 'NewTrain', 'Problem'],
      {
        200: answer(['application/json', refer('Train')]),
        '4XX': answer(['application/json', refer('Problem')]),
      },
      answer(['application/json', refer('NewTrain')]),
    );
    expect(client).toContain("import type { NewTrain, Problem, Train } from './schema.ts';");
    expect(client).toContain('{ status: 200; ok: true; body: Train; response: Response }');
    expect(client).toContain('body: Problem;');
    expect(client, 'of a body that may be left out').toContain('  body?: NewTrain;');
    expect(client).not.toContain("operations['");
  });

  it('writes a name once for two media types', () => {
    const client = renderClient(['Train'], {
      200: answer(['application/json', refer('Train')], ['application/hal+json', refer('Train')]),
    });
    expect(client).toContain('{ status: 200; ok: true; body: Train; response: Response }');
  });

  it('imports no name of a body that is sent or read as text', () => {
    const xml = answer(['application/xml', refer('Train')]);
    const client = renderClient(['Train'], { 200: xml }, xml);
    expect(client).toContain('body?: string;');
    expect(client).toContain('body: string; response');
    expect(client).not.toContain('Train,');
    expect(client).not.toContain("from './schema.ts'");
  });

  it('leads to a body that has no name, or that of something else in the file', () => {
    const own = ['Response', 'Client', 'GetTrainResult', 'Promise'];
    for (const schema of [...own.map(refer), { type: 'object' }]) {
      const client = renderClient(own, { 200: answer(['application/json', schema]) });
      expect(client).toContain(
        "body: operations['getTrain']['responses'][200]['content']['application/json'];",
      );
      expect(client).toContain("import type { operations } from './schema.ts';");
    }
  });
});
