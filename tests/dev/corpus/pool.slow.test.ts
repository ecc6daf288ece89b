import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { runDocuments } from '../../../scripts/dev/corpus/pool.ts';
import type { DocumentResult } from '../../../scripts/dev/corpus/problem.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

// Does to each document what its name says.
const childCode = `
process.on('message', ({ document: { name, file } }) => {
  process.send({ kind: 'started', step: 'read' });
  process.send({ kind: 'started', step: 'mock' });
  if (name === 'endless') return;
  if (name === 'deadly') process.exit(3);
  if (name === 'huge') {
    const all = [];
    for (;;) all.push(new Array(1e6).fill(0.5));
  }
  const result = { name, file, operations: 1, problems: [], durations: { read: 1, mock: 1 } };
  process.send({ kind: 'done', result });
});
process.on('disconnect', () => process.exit());
`;

it('gives each document its result, though others never end, die or take all memory', async () => {
  const folder = makeTemporaryFolder();
  const file = join(folder, 'child.mjs');
  writeFileSync(file, childCode);
  const names = ['good', 'endless', 'deadly', 'huge', 'better'];
  const results = new Map<string, DocumentResult>();
  await runDocuments(
    names.map((name) => ({ name, file: `${name}.yaml` })),
    {
      folder,
      parallel: 2,
      child: pathToFileURL(file),
      timeoutMs: 15_000,
      onResult: (result) => results.set(result.name, result),
    },
  );
  const messagesOf = (name: string): string[] =>
    results.get(name)?.problems.map(({ step, message }) => `${step}: ${message.split('\n')[0]}`) ?? ['none'];
  expect(names.map(messagesOf)).toEqual([
    [],
    ['mock: the step takes too long'],
    ['mock: the process died'],
    ['mock: the step needs more than 1 GB'],
    [],
  ]);
  expect(Object.keys(results.get('endless')?.durations ?? {})).toEqual(['read', 'mock']);
});
