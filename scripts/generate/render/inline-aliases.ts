import type { Oas3_1Definition, Referenced } from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';

const sections = ['responses', 'parameters', 'requestBodies', 'headers', 'pathItems'] as const;

/**
 * Puts what a component refers to in its place, in a document that may be changed: openapi-typescript follows such
 * a reference for schemas only, and takes the others for empty.
 */
export function inlineAliases(document: Oas3_1Definition): void {
  for (const section of sections) {
    const components: Record<string, Referenced<object>> = document.components?.[section] ?? {};
    for (const [name, component] of Object.entries(components)) {
      components[name] = resolveReference(document, component);
    }
  }
}
