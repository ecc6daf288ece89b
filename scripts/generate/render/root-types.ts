import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isIdentifier, NameRegister, toPascalCase } from '../model/names.ts';
import { quote } from './literal.ts';

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
export function renderRootTypes(document: Oas3_1Definition): string {
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
