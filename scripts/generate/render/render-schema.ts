import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { OpenAPI3, SchemaObject } from 'openapi-typescript';
import type typescript from 'typescript';
import { dropResponseExtensions } from './drop-response-extensions.ts';
import { hoistSchemas } from './hoist-schemas.ts';
import { inlineAliases } from './inline-aliases.ts';
import { markOpenEnums, openEnumMark } from './open-enums.ts';
import { renderRootTypes } from './root-types.ts';
import { transformDocument } from './transform-document.ts';
import { ts } from './typescript.ts';

/** openapi-typescript can't render the spec. */
export class UnrenderableSpecError extends Error {
  override readonly name = 'UnrenderableSpecError';
}

/**
 * Renders `schema.ts` without its header: the types that openapi-typescript makes of the spec, and one for each
 * component by its name.
 *
 * @throws {UnrenderableSpecError}
 */
export function renderSchema(document: Oas3_1Definition): string {
  const copy = structuredClone(document);
  dropResponseExtensions(copy);
  inlineAliases(copy);
  hoistSchemas(copy);
  markOpenEnums(copy);
  return `\n${renderTypes(copy)}${renderRootTypes(document)}`;
}

function renderTypes(document: Oas3_1Definition): string {
  try {
    return transformDocument(document as unknown as OpenAPI3, transformSchema);
  } catch (cause) {
    throw new UnrenderableSpecError((cause as Error).message, { cause });
  }
}

function transformSchema(schema: SchemaObject | boolean): typescript.TypeNode | undefined {
  if (typeof schema === 'boolean') {
    return undefined;
  }
  if ('type' in schema && schema.type === 'string' && schema.format === 'binary') {
    const blob = ts.factory.createTypeReferenceNode('Blob');
    const nothing = ts.factory.createLiteralTypeNode(ts.factory.createNull());
    // What comes from here takes the place of a whole property, the `nullable` of OpenAPI 3.0 included.
    return 'nullable' in schema && schema.nullable ? ts.factory.createUnionTypeNode([blob, nothing]) : blob;
  }
  return openEnumMark in schema ? renderAnyOtherString() : undefined;
}

function renderAnyOtherString(): typescript.TypeNode {
  return ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTypeLiteralNode([]),
    ]),
  );
}
