import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
import { require } from './typescript.ts';

type Library = typeof import('openapi-typescript');

/**
 * Transforms a document to types as openapi-typescript does, and prints them.
 *
 * The document must be whole and right, as `readSpec` makes sure: the entry point of openapi-typescript would load
 * another copy of Redocly to look at it once more, which takes as long as all the rest. So its parts are loaded.
 *
 * @throws {Error} of openapi-typescript
 */
export function transformDocument(
  document: OpenAPI3,
  transform: NonNullable<GlobalContext['transform']>,
): string {
  const transformSchema: Library['transformSchema'] = require('openapi-typescript/dist/transform/index.cjs');
  const { scanDiscriminators, resolveRef }: Library = require('openapi-typescript/dist/lib/utils.cjs');
  const { astToString }: Library = require('openapi-typescript/dist/lib/ts.cjs');
  const options = { defaultNonNullable: true, silent: true, transform };
  const context: Partial<GlobalContext> = {
    ...options,
    discriminators: scanDiscriminators(document, options),
    injectFooter: [],
    resolve: (pointer) => resolveRef(document, pointer, { silent: true }),
  };
  // What is missing counts as off.
  return astToString(transformSchema(document, context as GlobalContext));
}
