// A process of its own, so that a document that never ends, or takes all memory, ends nothing else.

import type { CorpusDocument } from './documents.ts';
import type { DocumentResult, Step } from './problem.ts';
import { runDocument } from './steps.ts';

/** What the child is told to do. */
export interface Job {
  document: CorpusDocument;
  folder: string;
}

/** What it tells. */
export type ChildMessage = { kind: 'started'; step: Step } | { kind: 'done'; result: DocumentResult };

process.on('message', async ({ document, folder }: Job) => {
  const say = (message: ChildMessage): void => {
    process.send?.(message);
  };
  const result = await runDocument(document, folder, (step) => say({ kind: 'started', step }));
  say({ kind: 'done', result });
});

process.on('disconnect', () => process.exit());
