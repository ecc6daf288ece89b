import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/**
 * Writes a document, and the files that it refers to, into a folder of their own, and returns the path of the document.
 */
export function writeSpec(document: object | string, parts: Record<string, object | string> = {}): string {
  const folder = makeTemporaryFolder();
  for (const [name, part] of Object.entries({ 'openapi.yaml': document, ...parts })) {
    writeFileSync(join(folder, name), typeof part === 'string' ? part : JSON.stringify(part, null, 2));
  }
  return join(folder, 'openapi.yaml');
}

/**
 * Makes a document of a shop, with more of its own.
 */
export function shop(more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'Shop', version: '1.0.0' }, paths: {}, ...more };
}
