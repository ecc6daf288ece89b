import { createRequire } from 'node:module';
import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3RequestBody,
  Oas3Response,
} from '@redocly/openapi-core';
import type { GlobalContext, OpenAPI3, SchemaObject } from 'openapi-typescript';
import type typescript from 'typescript';
import { isPlainObject, resolveReference, unescapePart } from '../../openapi/document.ts';
import { isIdentifier, NameRegister, toPascalCase } from '../model/operation-model.ts';
import { readOperations } from '../model/read-operations.ts';
import { splitDirections } from '../prepare/directions.ts';
import { writeDiscriminators } from '../prepare/discriminators.ts';
import { dropSecondIds, markOpenEnums, openEnumMark } from '../prepare/document.ts';
import { quote, tidyComments } from '../text/literal.ts';
import { type NamedBodies, renderSchemaType, renderStatusKey } from './results.ts';

/** openapi-typescript can't render the spec. */
export class UnrenderableSpecError extends Error {
  override readonly name = 'UnrenderableSpecError';
}

/**
 * Renders `schema.ts` without its header: the types that openapi-typescript makes of the spec, and one for each
 * component by its name. Lists the bodies that have such a name, too.
 *
 * @param document as `prepareDocument` writes it; it may be changed
 * @throws {UnrenderableSpecError}
 */
export function renderSchema(document: Oas3_1Definition): { code: string; namedBodies: NamedBodies } {
  dropSecondIds(document);
  markOpenEnums(document);
  writeDiscriminators(document);
  splitDirections(document);
  const names = nameTypes(document);
  const namedBodies = listNamedBodies(document, names);
  try {
    const types = transformDocument(document, names).replace(withRequired, withRequiredOfAny);
    return { code: `\n${tidyComments(types)}${renderRootTypes(names)}`, namedBodies };
  } catch (cause) {
    throw new UnrenderableSpecError((cause as Error).message, { cause });
  }
}

function renderAnyOtherString(): typescript.TypeNode {
  return ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTypeLiteralNode([]),
    ]),
  );
}

/** The type by which openapi-typescript makes properties required. It takes none of a schema that can be null. */
const withRequired = /^type WithRequired<T, K extends keyof T> = T & \{\n +\[P in K\]-\?: T\[P\];\n\};$/m;
const withRequiredOfAny = `type WithRequired<T, K extends PropertyKey> = T & {
    [P in K & keyof NonNullable<T>]-?: NonNullable<T>[P];
};`;

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

/** The names of the types of components: sections, and in each the name of the type by that of the component. */
type TypeNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Names a type for every component, so that a schema can be imported by its name.
 *
 * A name that is no identifier becomes one in PascalCase; one that is taken or reserved gets a number. (The option
 * `rootTypes` of openapi-typescript does neither, and its code then doesn't compile.)
 */
function nameTypes({ components = {} }: Oas3_1Definition): TypeNames {
  const register = new NameRegister([...usedNames, ...reservedNames.trim().split(/\s+/)]);
  const names = new Map<string, Map<string, string>>();
  const wanted = (Object.keys(prefixes) as (keyof typeof prefixes)[]).flatMap((section) => {
    const all = Object.keys(components[section] ?? {});
    names.set(section, new Map(all.map((name) => [name, ''])));
    return all.map((name) => {
      const isExact = section === 'schemas' && isIdentifier(name);
      return { section, name, isExact, typeName: `${prefixes[section]}${toPascalCase(name, 'Schema')}` };
    });
  });
  // Exact names choose first: a schema `FooBar` is not renamed because of a schema `foo-bar`.
  for (const { section, name, isExact, typeName } of [
    ...wanted.filter(({ isExact }) => isExact),
    ...wanted.filter(({ isExact }) => !isExact),
  ]) {
    names.get(section)?.set(name, register.take(isExact ? name : typeName));
  }
  return names;
}

/** Renders the types of all components but schemas, which are written where they are named. */
function renderRootTypes(names: TypeNames): string {
  return [...names]
    .filter(([section]) => section !== 'schemas')
    .flatMap(([section, ofSection]) =>
      [...ofSection].map(
        ([name, typeName]) => `export type ${typeName} = components[${quote(section)}][${quote(name)}];\n`,
      ),
    )
    .join('');
}

/** Lists the bodies of requests and responses whose schema is a component, by the expression that leads to their type. */
function listNamedBodies(document: Oas3_1Definition, names: TypeNames): NamedBodies {
  const found = new Map<string, string>();
  const addAll = (content: Record<string, Oas3MediaType<Oas3_1Schema>> = {}, ...holders: string[]): void => {
    for (const [mediaType, { schema }] of Object.entries(content)) {
      const name = findTypeName(schema, names.get('schemas'));
      for (const holder of name === undefined ? [] : holders) {
        found.set(`${holder}['content'][${quote(mediaType)}]`, name ?? '');
      }
    }
  };
  for (const model of readOperations(document)) {
    const { requestBody, responses = {} } = model.operation;
    const type = renderSchemaType(model);
    const body = requestBody && resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, requestBody);
    addAll(body?.content, `${type}['requestBody']`, `NonNullable<${type}['requestBody']>`);
    for (const { key } of model.responses) {
      const response =
        responses[key] && resolveReference<Oas3Response<Oas3_1Schema>>(document, responses[key]);
      addAll(response?.content, `${type}['responses'][${renderStatusKey(key)}]`);
    }
  }
  return found;
}

function findTypeName(schema: unknown, names?: SchemaNames): string | undefined {
  const reference = isPlainObject(schema) && typeof schema.$ref === 'string' ? schema.$ref : '';
  const [, name = ''] = /^#\/components\/schemas\/([^/]+)$/.exec(reference) ?? [];
  return names?.get(unescapePart(name));
}

type Library = typeof import('openapi-typescript');

/**
 * Transforms a document to types as openapi-typescript does, and prints them. A schema that has a name is a type of that
 * name, and is referred to by it: an editor shows `Pet` then, and `type Pets = Pet[] | Pet` may be circular, as a property
 * of `components` may not.
 *
 * The document must be whole and right, as `readSpec` makes sure: the entry point of openapi-typescript would load
 * another copy of Redocly to look at it once more, which takes as long as all the rest. So its parts are loaded.
 *
 * @throws {Error} of openapi-typescript
 */
function transformDocument(definition: Oas3_1Definition, names: TypeNames): string {
  const transformSchema: Library['transformSchema'] = require('openapi-typescript/dist/transform/index.cjs');
  const { resolveRef }: Library = require('openapi-typescript/dist/lib/utils.cjs');
  const { astToString }: Library = require('openapi-typescript/dist/lib/ts.cjs');
  const document = definition as unknown as OpenAPI3;
  const schemaNames = names.get('schemas') ?? new Map<string, string>();
  const context: Partial<GlobalContext> = {
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => transformSchemaNode(schema, schemaNames),
    postTransform: (type) => nameReference(type, schemaNames),
    discriminators: { objects: {}, refsHandled: [] },
    injectFooter: [],
    resolve: (pointer) => resolveRef(document, pointer, { silent: true }),
  };
  // What is missing counts as off.
  return astToString(nameSchemas(transformSchema(document, context as GlobalContext), schemaNames));
}

type SchemaNames = ReadonlyMap<string, string>;

function transformSchemaNode(
  schema: SchemaObject | boolean,
  names: SchemaNames,
): typescript.TypeNode | undefined {
  if (typeof schema === 'boolean') {
    return undefined;
  }
  if ('$ref' in schema && typeof schema.$ref === 'string') {
    return referTo(findTypeName(schema, names));
  }
  if ('type' in schema && schema.type === 'string' && schema.format === 'binary') {
    return ts.factory.createTypeReferenceNode('Blob');
  }
  return openEnumMark in schema ? renderAnyOtherString() : undefined;
}

function referTo(typeName: string | undefined): typescript.TypeNode | undefined {
  return typeName === undefined ? undefined : ts.factory.createTypeReferenceNode(typeName);
}

/** Refers to a schema by the name of its type, where openapi-typescript has `components["schemas"]["Pet"]`. */
function nameReference(type: typescript.TypeNode, names: SchemaNames): typescript.TypeNode | undefined {
  if (!ts.isIndexedAccessTypeNode(type) || !ts.isIndexedAccessTypeNode(type.objectType)) {
    return undefined;
  }
  const { objectType: root, indexType: section } = type.objectType;
  const isSchema =
    ts.isTypeReferenceNode(root) &&
    ts.isIdentifier(root.typeName) &&
    root.typeName.text === 'components' &&
    readText(section) === 'schemas';
  return isSchema ? referTo(names.get(readText(type.indexType) ?? '')) : undefined;
}

function readText(type: typescript.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined;
}

/** Moves each schema out of `components` to a type of its name. */
function nameSchemas(nodes: typescript.Node[], names: SchemaNames): typescript.Node[] {
  const aliases: typescript.Node[] = [];
  for (const member of listSchemaMembers(nodes)) {
    const { name, type } = member;
    const typeName = ts.isComputedPropertyName(name) ? undefined : names.get(name.text);
    if (typeName === undefined || type === undefined) {
      continue;
    }
    const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    const alias = ts.factory.createTypeAliasDeclaration(modifiers, typeName, undefined, type);
    ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(member));
    ts.setSyntheticLeadingComments(member, undefined);
    Object.assign(member, { type: referTo(typeName) });
    aliases.push(alias);
  }
  return [...nodes, ...aliases];
}

function listSchemaMembers(nodes: readonly typescript.Node[]): typescript.PropertySignature[] {
  const components = nodes.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'components',
  ) as typescript.InterfaceDeclaration | undefined;
  const schemas = components?.members.find(
    (member) => ts.isPropertySignature(member) && (member.name as typescript.Identifier).text === 'schemas',
  ) as typescript.PropertySignature | undefined;
  return schemas?.type !== undefined && ts.isTypeLiteralNode(schemas.type)
    ? schemas.type.members.filter(ts.isPropertySignature)
    : [];
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
