import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRecorder, type RecorderLimits } from '../../scripts/har/recorder.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** Records three requests, and gives what is said and what is written of it. */
function recordThree(limits: RecorderLimits): { told: string; urls: string[]; comment: string } {
  const file = join(makeTemporaryFolder(), 'traffic.har');
  const document = { openapi: '3.1.0', info: { title: 'A bookshop', version: '1' }, paths: {} };
  const recorder = openRecorder(file, document, new URL('https://a.example'), limits);
  const bodies = { body: Buffer.of(), decodedBody: Buffer.of() };
  for (const target of ['/1', '/2', '/3']) {
    recorder.add({
      startedAt: new Date(0),
      request: { method: 'GET', target, headers: {}, rawHeaders: [], ...bodies },
      answer: { status: 200, statusText: '', headers: {}, passedHeaders: [], ...bodies },
    });
  }
  const lines: string[] = [];
  recorder.save((line) => lines.push(line.replace(file, 'FILE')));
  const told = lines.join('\n');
  const { entries, comment } = JSON.parse(readFileSync(file, 'utf8')).log;
  return { told, comment, urls: entries.map(({ request }: { request: { url: string } }) => request.url) };
}

it('records all within its limits', () => {
  expect(recordThree({ maxEntries: 3 })).toEqual({
    told: 'Recorded 3 requests in FILE.',
    comment: 'Secrets are masked. Later requests left out: 0.',
    urls: ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'],
  });
});

it.each([
  ['entries', { maxEntries: 1 }],
  ['bytes', { maxBytes: 700 }],
])('leaves out what comes after too many %s, and says how many', (_title, limits) => {
  expect(recordThree(limits)).toEqual({
    told: 'Recorded 1 request in FILE, and left out 2 later.',
    comment: 'Secrets are masked. Later requests left out: 2.',
    urls: ['https://a.example/1'],
  });
});
