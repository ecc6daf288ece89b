import { describe, expect, it } from 'vitest';
import { specFile } from '../../own-project.ts';
import { compareWays, readDocument } from './compare-ways.ts';

const place = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;

// As many as one likes, of any seed: `PLAIN_CHANGES=500 PLAIN_SEED=7 npx vitest run tests/mock/plain`.
const { PLAIN_CHANGES = '60', PLAIN_SEED = '2', PLAIN_DOCUMENTS = '' } = process.env;

const documents = [
  ['the spec of the repository', specFile],
  ["Swagger's pet store", place('examples/petstore/contracts/petstore.json')],
  ["Twilio's OAuth", place('examples/twilio-oauth/contracts/twilio_oauth_v1.json')],
  ['trams', place('tests/mock/fixtures/tram-auth.yaml')],
  ['a railway', place('tests/mock/fixtures/railway.yaml')],
  ['a bookshop', place('tests/mock/fixtures/bookshop.yaml')],
  ...PLAIN_DOCUMENTS.split(',')
    .filter(Boolean)
    .map((file) => [file, file]),
];

describe('what is answered without Prism is what Prism answers to thousands of requests', () => {
  it.each(documents)('by %s', { timeout: 600_000 }, async (_, file = '') => {
    const settings = { changes: Number(PLAIN_CHANGES), seed: Number(PLAIN_SEED) };
    const { differences, answeredFast } = await compareWays(await readDocument(file), settings);
    expect(differences.slice(0, 3)).toEqual([]);
    expect(answeredFast).toBeGreaterThan(0);
  });
});
