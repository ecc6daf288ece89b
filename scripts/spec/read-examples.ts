import type { Oas3_1Definition, Oas3Example, Referenced } from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/**
 * Lists named examples, references resolved, in the order of the document.
 */
export function readExamples(
  document: Oas3_1Definition,
  examples: Readonly<Record<string, Referenced<Oas3Example>>> = {},
): { name: string; example: Oas3Example }[] {
  return Object.entries(examples).map(([name, reference]) => ({
    name,
    example: resolveReference<Oas3Example>(document, reference),
  }));
}
