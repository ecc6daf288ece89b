import type { Oas3_1Definition, Oas3_1Schema, Referenced } from '@redocly/openapi-core';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** A schema as it stands in a document, a `$ref` too. */
export type SchemaNode = Referenced<Oas3_1Schema>;

/** Validates values against the schemas of one document. */
export interface Validator {
  /**
   * Says what is wrong with a JSON value, or `undefined`.
   *
   * @param closed whether properties that the schema doesn't name are wrong, too
   */
  explain: (schema: SchemaNode, value: unknown, closed?: boolean) => string | undefined;
  /** The same for a value that goes over the wire as text: the number in `?page=3`. */
  explainText: (schema: SchemaNode, text: string) => string | undefined;
}

const documentId = 'contract-kit:document';

const validators = new WeakMap<Oas3_1Definition, Validator>();

/**
 * Gives the validator of a document's schemas, which are those of JSON Schema 2020-12 in OpenAPI 3.1. It is made once
 * for each document, since compiling schemas is slow.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#schema-object
 */
export function getValidator(document: Oas3_1Definition): Validator {
  const validator = validators.get(document) ?? createValidator(document);
  validators.set(document, validator);
  return validator;
}

function createValidator({ components, paths }: Oas3_1Definition): Validator {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    logger: false,
    code: { regExp: compilePattern },
  });
  addFormats.default(ajv);
  // Once for all schemas: to look through a large document for each of them takes seconds.
  ajv.addSchema({ components, paths }, documentId);
  const compiled = new Map<string, ValidateFunction>();
  const compile = (schema: SchemaNode, closed: boolean): ValidateFunction => {
    const key = `${closed} ${JSON.stringify(schema)}`;
    // The references of a schema count from the document's root.
    const rooted = JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
      name === '$ref' && typeof value === 'string' && value.startsWith('#') ? documentId + value : value,
    );
    const root = { allOf: [rooted], ...(closed ? { unevaluatedProperties: false } : {}) };
    const validate = compiled.get(key) ?? ajv.compile(root);
    compiled.set(key, validate);
    return validate;
  };
  const explain: Validator['explain'] = (schema, value, closed = false) => {
    const validate = compile(schema, closed);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'it' });
  };
  return {
    explain,
    explainText: (schema, text) => {
      const asText = explain(schema, text);
      const parsed = parsePrimitive(text);
      return asText === undefined || parsed === undefined ? asText : explain(schema, parsed);
    },
  };
}

// People write patterns that the flag u forbids, such as a needless backslash.
function compilePattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
// Where Ajv would write its code out, which it does nowhere here.
compilePattern.code = 'new RegExp';

/**
 * Reads a number or a boolean as JSON writes it, or `undefined`.
 */
export function parsePrimitive(text: string): number | boolean | undefined {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  // The grammar of JSON: what Number() takes beyond it, such as blanks or hexadecimals, is no number on the wire.
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
