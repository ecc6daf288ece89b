import { createRequire } from 'node:module';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { GlobalContext, OpenAPI3, SchemaObject } from 'openapi-typescript';
import type typescript from 'typescript';
import { isIdentifier, NameRegister, toPascalCase } from '../model/operation-model.ts';
import {
  dropResponseExtensions,
  hoistSchemas,
  inlineAliases,
  markOpenEnums,
  openEnumMark,
} from '../prepare/document.ts';
import { quote } from '../text/literal.ts';

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
    return ts.factory.createTypeReferenceNode('Blob');
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

/** The sections that openapi-typescript renders, with the prefix of their types. */
const prefixes = {
  schemas: '',
  responses: 'Response',
  parameters: 'Parameter',
  requestBodies: 'RequestBody',
  headers: 'Header',
  pathItems: 'PathItem',
} as const;

/** Names that the rest of `schema.ts` declares or uses. */
const usedNames = [
  'paths',
  'webhooks',
  'components',
  'operations',
  '$defs',
  'WithRequired',
  'Record',
  'Omit',
  'Blob',
];

/** Names that no type may have. */
const reservedNames = `
  any await bigint boolean break case catch class const continue debugger default delete do else enum export extends
  false finally for function if implements import in infer instanceof interface intrinsic keyof let never new null
  number object package private protected public readonly return static string super switch symbol this throw true
  try typeof undefined unique unknown var void while with yield
`;

interface RootType {
  section: keyof typeof prefixes;
  name: string;
  typeName: string;
  /** The type is named as the component is. */
  isExact: boolean;
}

/**
 * Renders a type for every component, so that a schema can be imported by its name.
 *
 * A name that is no identifier becomes one in PascalCase; one that is taken or reserved gets a number. (The option
 * `rootTypes` of openapi-typescript does neither, and its code then doesn't compile.)
 */
function renderRootTypes(document: Oas3_1Definition): string {
  const register = new NameRegister([...usedNames, ...reservedNames.trim().split(/\s+/)]);
  const rootTypes = listRootTypes(document);
  // Exact names choose first: a schema `FooBar` is not renamed because of a schema `foo-bar`.
  for (const rootType of [...rootTypes].sort((one, other) => Number(other.isExact) - Number(one.isExact))) {
    rootType.typeName = register.take(rootType.typeName);
  }
  return rootTypes
    .map(
      ({ section, name, typeName }) =>
        `export type ${typeName} = components[${quote(section)}][${quote(name)}];\n`,
    )
    .join('');
}

function listRootTypes({ components = {} }: Oas3_1Definition): RootType[] {
  return (Object.keys(prefixes) as (keyof typeof prefixes)[]).flatMap((section) =>
    Object.keys(components[section] ?? {}).map((name) => {
      const isExact = section === 'schemas' && isIdentifier(name);
      const typeName = isExact ? name : `${prefixes[section]}${toPascalCase(name, 'Schema')}`;
      return { section, name, typeName, isExact };
    }),
  );
}

type Library = typeof import('openapi-typescript');

/**
 * Transforms a document to types as openapi-typescript does, and prints them.
 *
 * The document must be whole and right, as `readSpec` makes sure: the entry point of openapi-typescript would load
 * another copy of Redocly to look at it once more, which takes as long as all the rest. So its parts are loaded.
 *
 * @throws {Error} of openapi-typescript
 */
function transformDocument(document: OpenAPI3, transform: NonNullable<GlobalContext['transform']>): string {
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

/**
 * Loads a CommonJS module.
 *
 * An `import` of one makes Node.js read it twice, to find out what it is; of TypeScript, that takes longer than to load
 * it.
 */
const require: NodeJS.Require = createRequire(import.meta.url);

/** TypeScript, as openapi-typescript loads it. */
const ts: typeof typescript = require('typescript');
