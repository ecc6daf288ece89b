import type { Oas3_1Definition, Oas3_1Schema, Referenced } from '@redocly/openapi-core';
import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { loadAjv } from './ajv.ts';
import { isPlainObject } from './document.ts';
import { createFinder, type Find, listHidden } from './subschemas.ts';

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
  /** Lists the rules that a JSON value breaks: the first one, or all of them on the side `response`. */
  listBroken: (schema: SchemaNode, value: unknown) => BrokenRule[];
}

/** A rule of a schema that a value breaks. */
export interface BrokenRule extends Pick<ErrorObject, 'keyword' | 'params' | 'message'> {
  /** JSON pointer into the value. */
  valuePointer: string;
  /** JSON pointer to the rule: from the document where it begins with `#`, else from the schema. */
  rulePointer: string;
}

const documentId = 'contract-kit:document';

/**
 * Whose value it is. `request`: what only the provider sets (`readOnly`) need not be there. `response`: what only the
 * consumer sets (`writeOnly`) need not be there. `expectation`: a part of a response, in which nothing need be there.
 */
export type Side = 'request' | 'response' | 'expectation';

const validators = new WeakMap<Oas3_1Definition, Map<Side | undefined, Validator>>();

/**
 * Gives the validator of a document's schemas, which are those of JSON Schema 2020-12 in OpenAPI 3.1. It is made once
 * for each document and side, since compiling schemas is slow.
 *
 * @param side default: each schema as it stands
 * @see https://spec.openapis.org/oas/v3.1.0#schema-object
 */
export function getValidator(document: Oas3_1Definition, side?: Side): Validator {
  const ofDocument = validators.get(document) ?? new Map<Side | undefined, Validator>();
  validators.set(document, ofDocument);
  const validator = ofDocument.get(side) ?? createValidator(document, side);
  ofDocument.set(side, validator);
  return validator;
}

function createValidator(document: Oas3_1Definition, side: Side | undefined): Validator {
  const { Ajv2020, addFormats } = loadAjv();
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    allErrors: side === 'response',
    logger: false,
    code: { regExp: compilePattern },
  });
  addFormats(ajv);
  const compiled = new Map<string, ValidateFunction>();
  const find = createFinder(document);
  const relax = (node: unknown): unknown =>
    side === undefined ? node : relaxSchemas(document, node, side, find);
  // Once for all schemas: to look through a large document for each of them takes seconds.
  const root = { components: relax(document.components), paths: relax(document.paths) };
  const isAmbiguous = !tryToAdd(ajv, root);
  if (isAmbiguous) {
    ajv.addSchema(dropAnchors(root), documentId);
  }
  const toOwn = (schema: object): object => (isAmbiguous ? dropAnchors(schema) : schema);
  const compile = (schema: SchemaNode, closed: boolean): ValidateFunction => {
    const key = `${closed} ${JSON.stringify(schema)}`;
    const known = compiled.get(key);
    if (known !== undefined) {
      return known;
    }
    // The references of a schema count from the document's root.
    const rooted = JSON.parse(JSON.stringify(toOwn(relax(schema) as object)), (name, value: unknown) =>
      name === '$ref' && typeof value === 'string' && value.startsWith('#') ? documentId + value : value,
    );
    const validate = ajv.compile({
      allOf: [rooted],
      ...(closed ? { unevaluatedProperties: false } : {}),
    });
    compiled.set(key, validate);
    return validate;
  };
  const explain: Validator['explain'] = (schema, value, closed = false) => {
    const validate = compile(schema, closed);
    return validate(value) ? undefined : describeErrors(validate.errors ?? []);
  };
  return {
    explain,
    explainText: (schema, text) => {
      const asText = explain(schema, text);
      const parsed = parsePrimitive(text);
      return asText === undefined || parsed === undefined ? asText : explain(schema, parsed);
    },
    listBroken: (schema, value) => {
      const validate = compile(schema, false);
      return validate(value) ? [] : (validate.errors ?? []).map(toBrokenRule);
    },
  };
}

function toBrokenRule({ instancePath, schemaPath, keyword, params, message = '' }: ErrorObject): BrokenRule {
  const rulePointer = schemaPath.replace(documentId, '').replace(/^#\/allOf\/0(?=\/)/, '');
  return { valuePointer: instancePath, rulePointer, keyword, params, message };
}

function describeErrors(errors: readonly ErrorObject[]): string {
  return errors
    .map(({ instancePath, message, params }) => {
      const { unevaluatedProperty, additionalProperty = unevaluatedProperty } = params;
      const name = additionalProperty === undefined ? '' : ` (${additionalProperty})`;
      return `it${instancePath} ${message}${name}`;
    })
    .join(', ');
}

/** Copies schemas, wherever they stand in a node, as they count on one side. */
export function relaxSchemas(
  document: Oas3_1Definition,
  node: unknown,
  side: Side,
  find: Find = createFinder(document),
): unknown {
  if (Array.isArray(node)) {
    return node.map((one) => relaxSchemas(document, one, side, find));
  }
  if (!isPlainObject(node)) {
    return node;
  }
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      // Without `required`, these would mean something else.
      key === 'not' || key === 'if' ? value : relaxSchemas(document, value, side, find),
    ]),
  );
  return side === 'expectation' ? requireNothing(copy) : requireLess(copy, side, find);
}

function requireLess(
  schema: Record<string, unknown>,
  side: 'request' | 'response',
  find: Find,
): Record<string, unknown> {
  const parts = [schema, ...(Array.isArray(schema.allOf) ? schema.allOf : [])].filter(isPlainObject);
  if (!parts.some(({ required }) => Array.isArray(required))) {
    return schema;
  }
  const hidden = listHidden(schema, side, find);
  for (const part of parts) {
    if (Array.isArray(part.required)) {
      part.required = part.required.filter((name) => !hidden.has(name));
    }
  }
  return schema;
}

// Without `required`, several alternatives of `oneOf` may take what one alone did.
function requireNothing(schema: Record<string, unknown>): Record<string, unknown> {
  const { required, minProperties, oneOf, anyOf, ...others } = schema;
  const isList = Array.isArray(required);
  return {
    ...others,
    ...(isList || required === undefined ? {} : { required }),
    ...(typeof minProperties === 'number' || minProperties === undefined ? {} : { minProperties }),
    ...(anyOf === undefined ? {} : { anyOf }),
    ...(oneOf === undefined ? {} : anyOf === undefined ? { anyOf: oneOf } : { allOf: [{ anyOf: oneOf }] }),
  };
}

// JSON Schema, section 8.2.2: an anchor is of one schema. In a document each schema has some of its own, as the templates
// of a page of items have, and what they stand for is then left open.
function tryToAdd(ajv: Ajv2020, root: object): boolean {
  try {
    ajv.addSchema(root, documentId);
    return true;
  } catch {
    ajv.removeSchema(documentId);
    return false;
  }
}

function dropAnchors<Schema extends object>(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    ['$anchor', '$dynamicAnchor', '$dynamicRef'].includes(name) ? undefined : value,
  );
}

// People write patterns that the flag u forbids, such as a needless backslash.
function compilePattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
// Only for Ajv's standalone code, which nothing here uses.
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
