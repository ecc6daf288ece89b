import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { GeneratedFiles } from './generated-files.ts';
import { readOperations } from './model/read-operations.ts';
import { type Origin, renderHeader } from './origin.ts';
import { renderClient } from './render/render-client.ts';
import { renderExamples } from './render/render-examples.ts';
import { renderOperations } from './render/render-operations.ts';
import { renderSchema } from './render/render-schema.ts';
import { renderValidators } from './render/render-validators.ts';

/**
 * Renders all generated files of a document. Reads and writes nothing, and the same document always makes the same
 * text.
 *
 * @throws {UnrenderableSpecError} when openapi-typescript can't render the document
 */
export function renderAll(document: Oas3_1Definition, origin: Origin): GeneratedFiles {
  const header = renderHeader(origin);
  const operations = readOperations(document);
  return {
    'schema.ts': header + renderSchema(document),
    'operations.ts': header + renderOperations(operations),
    'client.ts': header + renderClient(operations, origin),
    'validators.ts': header + renderValidators(document),
    'examples.ts': header + renderExamples(document),
  };
}
