import { describe, expect, it } from 'vitest';
import { specFile } from '../../own-project.ts';
import { compareWays, readDocument } from './compare-ways.ts';

const fixture = (name: string): string => new URL(`../fixtures/${name}.yaml`, import.meta.url).pathname;

describe('what is answered without Prism is what Prism answers', () => {
  it.each([
    ['the spec of the repository', specFile],
    ['a library', fixture('library')],
    ['trams', fixture('tram-auth')],
    ['a bookshop', fixture('bookshop')],
    // All that is odd in a request is in here, so that little is plain.
    ['a railway', fixture('railway')],
  ])('by %s', async (_, file) => {
    const { differences, answeredFast, valid } = await compareWays(await readDocument(file), { changes: 12 });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(answeredFast / valid).toBeGreaterThan(0.3);
  });
});
