#!/usr/bin/env node
import module from 'node:module';
import { explainOldNode } from '../src/runtime/node-version.ts';

// Everything else is imported only after the check, because an older Node.js may fail to load it.
const sentence = explainOldNode('contract-kit');
if (sentence === undefined) {
  // V8 keeps what it compiles from here on, so that the next start is faster. Older versions have no such cache.
  module.enableCompileCache?.();
  // Not only at the end: a mock that is killed has none.
  setTimeout(() => module.flushCompileCache?.(), 1000).unref();
  const { runCommands } = await import('./commands.ts');
  process.exitCode = await runCommands(process.argv.slice(2));
} else {
  console.error(sentence);
  process.exitCode = 2;
}
