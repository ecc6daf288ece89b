import { existsSync, readFileSync } from 'node:fs';
import { hashContent } from '../files/hash-content.ts';
import type { Spec } from '../spec/read-spec.ts';
import { toolkitFile } from '../toolkit.ts';
import type { Operation } from './prism.ts';

/** A spec that can be served. */
export interface ServedSpec extends Pick<Spec, 'file' | 'document'> {
  /** What Prism reads from the document, where the build has left it. Default: Prism reads it. */
  operations?: readonly Operation[] | undefined;
}

/**
 * Reads the toolkit's own spec as the build has left it, or `undefined` where `file` is another one, has changed since,
 * or nothing is built.
 */
export function readCompiledSpec(file: string): ServedSpec | undefined {
  const operationsFile = toolkitFile('dist/prism-operations.json');
  if (!existsSync(operationsFile) || !existsSync(file)) {
    return undefined;
  }
  const { specHash, operations } = readJson<ServedSpec & { specHash: string }>(operationsFile);
  return specHash === hashContent(readFileSync(file))
    ? { file, operations, document: readJson(toolkitFile('dist/openapi.json')) }
    : undefined;
}

function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8'));
}
