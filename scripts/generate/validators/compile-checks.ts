import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { isPlainObject } from '../../spec/is-plain-object.ts';
import type { Definitions, JsonSchema } from './json-schema.ts';
import { tidyCode } from './tidy-code.ts';
import { isPattern } from './to-json-schema.ts';

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
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    validateFormats: false,
    logger: false,
    allErrors: true,
    inlineRefs: false,
    unicodeRegExp: listPatterns(definitions).every((pattern) => isPattern(pattern, 'u')),
    code: { source: true, esm: true, lines: true },
  });
  // Half of Ajv's code is for `unevaluatedProperties` and for `$dynamicRef`.
  ajv.opts.unevaluated = JSON.stringify(definitions).includes('"unevaluated');
  ajv.opts.dynamicRef = false;
  for (const [id, schema] of Object.entries(definitions)) {
    ajv.addSchema(schema, id);
  }
  return ajv;
}

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
