import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import openapiTS, { astToString, type OpenAPI3, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { dropResponseExtensions } from './drop-response-extensions.ts';
import { hoistSchemas } from './hoist-schemas.ts';
import { inlineAliases } from './inline-aliases.ts';
import { markOpenEnums, openEnumMark } from './open-enums.ts';
import { renderRootTypes } from './root-types.ts';

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
export async function renderSchema(document: Oas3_1Definition): Promise<string> {
  const copy = structuredClone(document);
  dropResponseExtensions(copy);
  inlineAliases(copy);
  hoistSchemas(copy);
  markOpenEnums(copy);
  const nodes = await openapiTS(copy as unknown as OpenAPI3, {
    cwd: pathToFileURL(`${process.cwd()}/`),
    silent: true,
    transform: transformSchema,
  }).catch((cause: Error) => {
    throw new UnrenderableSpecError(cause.message, { cause });
  });
  return `\n${astToString(nodes)}${renderRootTypes(document)}`;
}

function transformSchema(schema: SchemaObject | boolean): ts.TypeNode | undefined {
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

function renderAnyOtherString(): ts.TypeNode {
  return ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTypeLiteralNode([]),
    ]),
  );
}
