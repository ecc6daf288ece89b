#!/usr/bin/env node
import { explainOldNode } from '../../../src/runtime/node-version.ts';

// Everything else is imported only after the check, because an older Node.js may fail to load it.
const sentence = explainOldNode('nexudus-auth-contract');
if (sentence === undefined) {
  // V8 keeps what it compiles from here on, so that the next start is faster. Older versions have no such cache.
  const { enableCompileCache, flushCompileCache } = process.getBuiltinModule('node:module');
  enableCompileCache?.();
  // Not only at the end: a mock that is killed has none.
  setTimeout(() => flushCompileCache?.(), 1000).unref();
  const { runContractCommand } = await import('./commands.ts');
  await runContractCommand(process.argv.slice(2));
} else {
  console.error(sentence);
  process.exitCode = 2;
}
