import type { Oas3_1Definition } from '@redocly/openapi-core';
import { readOperations } from './model/read-operations.ts';
import { type Origin, renderHeader } from './origin.ts';
import { renderClient } from './render/render-client.ts';
import { renderOperations } from './render/render-operations.ts';
import { renderSchema } from './render/render-schema.ts';

/** The generated files: name and text. */
export type GeneratedFiles = Readonly<Record<'schema.ts' | 'operations.ts' | 'client.ts', string>>;

/**
 * Renders all generated files of a document. Reads and writes nothing, and the same document always makes the same
 * text.
 *
 * @throws {UnrenderableSpecError} when openapi-typescript can't render the document
 */
export async function renderAll(document: Oas3_1Definition, origin: Origin): Promise<GeneratedFiles> {
  const header = renderHeader(origin);
  const operations = readOperations(document);
  return {
    'schema.ts': header + (await renderSchema(document)),
    'operations.ts': header + renderOperations(operations),
    'client.ts': header + renderClient(operations, origin),
  };
}
