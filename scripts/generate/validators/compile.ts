import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
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
  const exports = Object.fromEntries(ids.map((id) => [`check_${id}`, id]));
  const { code, functionOf } = tidyCode(ids.length === 0 ? '' : standalone.default(ajv, exports));
  return { code, names: ids.map((id) => functionOf.get(`check_${id}`) ?? '') };
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
  return ajv;
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
 * @returns the code, and the function that stands behind each name that was exported
 * @throws {Error} for an import of what there is no function for
 */
export function tidyCode(code: string): { code: string; functionOf: ReadonlyMap<string, string> } {
  const functionOf = new Map<string, string>();
  const bare = code.replace('"use strict";\n', '').replaceAll(exported, (_, name: string, value: string) => {
    functionOf.set(name, value);
    return '';
  });
  return { code: dropUnusedSchemas(shortenErrors(replaceImports(bare))), functionOf };
}

const exported = /^export const (\w+) = (\w+);\n/gm;
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

/** The formats that validators check where that is asked. */
export const checkedFormats: ReadonlySet<string> = new Set(Object.keys(formatPatterns));
