import { createRequire } from 'node:module';
import type typescript from 'typescript';

/**
 * Loads a CommonJS module.
 *
 * An `import` of one makes Node.js read it twice, to find out what it is; of TypeScript, that takes longer than to load
 * it.
 */
export const require: NodeJS.Require = createRequire(import.meta.url);

/** TypeScript, as openapi-typescript loads it. */
export const ts: typeof typescript = require('typescript');
