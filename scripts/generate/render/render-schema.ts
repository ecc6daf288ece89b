import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import openapiTS, { astToString, type OpenAPI3, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { dropResponseExtensions } from './drop-response-extensions.ts';
import { hoistSchemas } from './hoist-schemas.ts';
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

function transformSchema(schema: SchemaObject): ts.TypeNode | undefined {
  if ('type' in schema && schema.type === 'string' && schema.format === 'binary') {
    return ts.factory.createTypeReferenceNode('Blob');
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
