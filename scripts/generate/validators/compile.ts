import { _, Ajv2020, type Code, type Name, nil } from 'ajv/dist/2020.js';
import type { ValueScopeName } from 'ajv/dist/compile/codegen/scope.js';
import type { UriResolver } from 'ajv/dist/types/index.js';
import { fastFormats } from 'ajv-formats/dist/formats.js';
import { isPlainObject } from '../../openapi/document.ts';
import { type Definitions, isPattern, type JsonSchema } from './json-schema.ts';
import { runtimeFunctions } from './runtime.ts';

/** Functions that check a value, as code that needs nothing else. */
export interface CompiledChecks {
  code: string;
  /** The name of the function of each schema, in their order. */
  names: string[];
}

/**
 * Compiles schemas to code, by Ajv. A schema that is referred to becomes one function, however often it is. The same
 * schemas always make the same code.
 *
 * @throws {Error} when Ajv's code calls what there is no function for
 */
export function compileChecks(schemas: readonly JsonSchema[], definitions: Definitions): CompiledChecks {
  const inline = new Map<string, string>();
  const ids = schemas.map((schema) => {
    if (typeof schema === 'object' && Object.keys(schema).join() === '$ref') {
      return String(schema.$ref);
    }
    const text = JSON.stringify(schema);
    const id = inline.get(text) ?? `inline${inline.size}`;
    inline.set(text, id);
    return id;
  });
  const all = {
    ...definitions,
    ...Object.fromEntries([...inline].map(([text, id]) => [id, JSON.parse(text)])),
  };
  const ajv = createAjv(all);
  const code = tidyCode(writeFunctions(ajv, Object.keys(all)));
  return { code, names: ids.map((id) => String(ajv.getSchema(id)?.source?.validateName)) };
}

/**
 * Writes the functions of schemas, one after the other. Ajv has this as "standalone" code, which follows each reference
 * within the other, and takes time that grows with the square of their number.
 */
function writeFunctions(ajv: Ajv2020, ids: readonly string[]): string {
  const used = {};
  const functions = ids.map((id) => {
    const source = ajv.getSchema(id)?.source;
    if (source === undefined) {
      throw new Error(`Ajv has no code for the schema ${id}.`);
    }
    const { scopeValues, validateName, validateCode, evaluated } = source;
    const values = ajv.scope.scopeCode(scopeValues, used, writeReference);
    const note = evaluated === undefined ? nil : _`${validateName}.evaluated = ${evaluated};`;
    return `${values}${validateCode}${note}\n`;
  });
  return functions.join('');
}

/** Writes what a function has in its scope, where Ajv writes nothing itself: a function is one, wherever it stands. */
function writeReference(name: ValueScopeName): Code | undefined {
  if (name.prefix === 'validate') {
    return nil;
  }
  const { validateName } = (name.value?.ref ?? {}) as { validateName?: Name };
  return validateName && _`const ${name} = {validate: ${validateName}};`;
}

function createAjv(definitions: Definitions): Ajv2020 {
  const text = JSON.stringify(definitions);
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    formats: formatPatterns,
    logger: false,
    allErrors: true,
    inlineRefs: false,
    // Each object has a `constructor`: whether it is its own is asked where a schema speaks of it.
    ownProperties: Object.getOwnPropertyNames(Object.prototype).some((name) => text.includes(`"${name}"`)),
    unicodeRegExp: listPatterns(definitions).every((pattern) => isPattern(pattern, 'u')),
    code: { source: true, esm: true, lines: true },
    // All references are names of schemas that are added here, which no base changes.
    uriResolver: plainNames,
  });
  // Half of Ajv's code is for `unevaluatedProperties` and for `$dynamicRef`.
  ajv.opts.unevaluated = text.includes('"unevaluated');
  ajv.opts.dynamicRef = false;
  for (const [id, schema] of Object.entries(definitions)) {
    ajv.addSchema(schema, id);
  }
  compileInOrder(ajv, definitions);
  return ajv;
}

/**
 * Compiles what a schema refers to before the schema. Otherwise Ajv compiles one inside the other, and a chain
 * of some hundred schemas is more than a stack holds.
 */
function compileInOrder(ajv: Ajv2020, definitions: Definitions): void {
  const visited = new Set<string>();
  for (const first of Object.keys(definitions)) {
    const path = visited.has(first) ? [] : [enter(first, definitions, visited)];
    for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
      const next = current.references.pop();
      if (next === undefined) {
        compileOne(ajv, current);
        path.pop();
      } else if (!visited.has(next)) {
        path.push(enter(next, definitions, visited));
      } else {
        current.others.add(next);
      }
    }
  }
}

/** A schema on the way to its references. */
interface Step {
  id: string;
  references: string[];
  /** The references that were met before: some of them wait for this schema. */
  others: Set<string>;
}

function enter(id: string, definitions: Definitions, visited: Set<string>): Step {
  visited.add(id);
  return { id, references: listReferences(definitions[id]), others: new Set() };
}

/** Compiles a schema. To Ajv, those that wait for it are being compiled, and it refers to what they will be. */
function compileOne(ajv: Ajv2020, { id, others }: Step): void {
  others.delete(id);
  const waiting = [...others].map((other) => ajv.schemas[other]).filter((other) => other !== undefined);
  const open = waiting.filter((other) => other.validate === undefined && !ajv._compilations.has(other));
  for (const other of open) {
    ajv._compilations.add(other);
  }
  ajv.getSchema(id);
  for (const other of open) {
    ajv._compilations.delete(other);
  }
}

function listReferences(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { $ref } = node as { $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(node).flatMap(listReferences)];
}

const plainNames: UriResolver = {
  parse: (uri) => ({ path: uri }),
  serialize: ({ path = '' }) => path,
  resolve: (_base, path) => path,
};

function listPatterns(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const { pattern, patternProperties } = node as { pattern?: unknown; patternProperties?: unknown };
  return [
    ...(typeof pattern === 'string' ? [pattern] : []),
    ...(isPlainObject(patternProperties) ? Object.keys(patternProperties) : []),
    ...Object.values(node).flatMap(listPatterns),
  ];
}

/**
 * Makes code that can stand in a module with other code of what Ajv writes: no exports, no imports, no schemas that it
 * never looks into, and errors without the place in the schema, which nobody reads.
 *
 * @throws {Error} for an import of what there is no function for
 */
export function tidyCode(code: string): string {
  return dropUnusedSchemas(shortenErrors(replaceImports(code)));
}

const imported = /^const (\w+) = require\("([^"]+)"\)\.default;$/gm;

function replaceImports(code: string): string {
  const helpers = new Set<string>();
  const replaced = code.replaceAll(imported, (_, name: string, module: string) => {
    const helper = runtimeFunctions[module];
    if (helper === undefined) {
      throw new Error(
        `Ajv's code for these schemas calls ${module}, for which there is no function of our own.`,
      );
    }
    helpers.add(helper.code);
    return `const ${name} = ${helper.name};`;
  });
  if (/^const \w+ = require\(|^import /m.test(replaced)) {
    throw new Error("Ajv's code for these schemas imports something in a way that is unknown here.");
  }
  return [...helpers].join('') + replaced;
}

// No text of a schema can look so: in a string, line breaks and quotes are escaped.
function shortenErrors(code: string): string {
  return code
    .replaceAll(
      /if\(vErrors === null\)\{\nvErrors = \[(\w+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      '(vErrors ??= []).push($1);',
    )
    .replaceAll(/,schemaPath:"(?:[^"\\]|\\.)*"(?=,keyword:)/g, '');
}

function dropUnusedSchemas(code: string): string {
  const lines = new Map<string, string>();
  const rest = code.replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) => {
    lines.set(name, line);
    return '';
  });
  // Each is a constant, which no other refers to.
  const used = new Set(Array.from(rest.matchAll(/\bschema\d+\b/g), ([name]) => name));
  return [...lines].map(([name, line]) => (used.has(name) ? line : '')).join('') + rest;
}

/** The formats that a regular expression checks, which is code that needs nothing else. */
const formatPatterns: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(fastFormats).flatMap(([name, format]) => {
    const pattern = typeof format === 'object' && 'validate' in format ? format.validate : format;
    return pattern instanceof RegExp ? [[name, pattern] as const] : [];
  }),
);

/** The formats that validators check with `validateFormats`. */
export const checkedFormats: ReadonlySet<string> = new Set(Object.keys(formatPatterns));
