import { isPlainObject } from './document.ts';

type Schema = Record<string, unknown>;

/** Reports a fault of an object or one of its fields, in whole sentences. */
export type Tell = (node: object, key: string | undefined, message: string) => void;

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
// As other languages call them.
const otherNames: Readonly<Record<string, string>> = {
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  str: 'string',
  text: 'string',
  date: 'string',
  datetime: 'string',
  uuid: 'string',
  dict: 'object',
  list: 'array',
};

/**
 * Makes a schema hold what validators of JSON Schema 2020-12 take, in place: a validator throws on a pattern that is
 * none, and on an empty `enum`.
 */
export function normaliseSchema(schema: Schema, tell: Tell): void {
  // All references start at the root of the document by now. These would make them start elsewhere.
  for (const keyword of ['$id', '$schema', '$anchor']) {
    delete schema[keyword];
  }
  normaliseType(schema, tell);
  normaliseItems(schema, tell);
  normaliseExamples(schema, tell);
  normalisePatterns(schema, tell);
  normaliseAlternatives(schema, tell);
  normaliseEnum(schema, tell);
  for (const keyword of ['enum', 'allOf', 'anyOf', 'oneOf']) {
    const list = schema[keyword];
    if (Array.isArray(list) && list.length === 0) {
      tell(
        schema,
        keyword,
        `Found an empty list at "${keyword}", expected at least one item. It is left out.`,
      );
      delete schema[keyword];
    }
  }
  if (typeof schema.multipleOf === 'number' && schema.multipleOf <= 0) {
    tell(schema, 'multipleOf', 'Found a "multipleOf" that is not above 0. It is left out.');
    delete schema.multipleOf;
  }
  for (const keyword of [
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'minProperties',
    'maxProperties',
  ]) {
    const limit = schema[keyword];
    if (typeof limit === 'number' && (limit < 0 || !Number.isInteger(limit))) {
      tell(schema, keyword, `Found ${limit} at "${keyword}", expected an integer from 0. It is left out.`);
      delete schema[keyword];
    }
  }
}

function normaliseType(schema: Schema, tell: Tell): void {
  const { type } = schema;
  if (type === undefined) {
    return;
  }
  const read = [type].flat().map(readType);
  const known = [...new Set(read.filter((name) => name !== undefined))];
  const isRight = [type].flat().every((name) => types.includes(name as string));
  if (isRight && known.length > 0) {
    schema.type = Array.isArray(type) ? known : type;
    return;
  }
  const [only] = known;
  const becomes = known.length > 1 ? known : only;
  const outcome = becomes === undefined ? 'It is left out.' : `It is read as ${JSON.stringify(becomes)}.`;
  const found = typeof type === 'string' ? `"${type}"` : JSON.stringify(type).slice(0, 60);
  tell(schema, 'type', `Found ${found} at "type", expected one of ${types.join(', ')}. ${outcome}`);
  delete schema.type;
  if (becomes !== undefined) {
    schema.type = becomes;
  }
  if (type === 'file') {
    Object.assign(schema, { type: 'string', format: 'binary' });
  }
}

function readType(name: unknown): string | undefined {
  if (name === null) {
    return 'null';
  }
  const lower = String(name).toLowerCase();
  return types.includes(lower) ? lower : Object.hasOwn(otherNames, lower) ? otherNames[lower] : undefined;
}

// JSON Schema before 2020-12 had the schemas of a tuple there.
function normaliseItems(schema: Schema, tell: Tell): void {
  const { items } = schema;
  if (!Array.isArray(items)) {
    return;
  }
  tell(schema, 'items', 'Found a list at "items", expected a schema. It is read as "prefixItems".');
  delete schema.items;
  if (items.length > 0) {
    schema.prefixItems ??= items;
  }
}

function normaliseExamples(schema: Schema, tell: Tell): void {
  const { examples } = schema;
  if (!isPlainObject(examples)) {
    return;
  }
  tell(
    schema,
    'examples',
    'Found an object at "examples", expected a list. It is read as the list of its values.',
  );
  schema.examples = Object.values(examples).map((one) =>
    isPlainObject(one) && 'value' in one ? one.value : one,
  );
}

function normalisePatterns(schema: Schema, tell: Tell): void {
  const { pattern, patternProperties } = schema;
  if (typeof pattern === 'string') {
    const read = readPattern(pattern);
    if (read === undefined) {
      tell(
        schema,
        'pattern',
        'Found a "pattern" that is not a regular expression of ECMAScript. It is left out.',
      );
      delete schema.pattern;
    } else {
      schema.pattern = read;
    }
  }
  for (const [written, inner] of Object.entries(isPlainObject(patternProperties) ? patternProperties : {})) {
    const read = readPattern(written);
    if (read === written) continue;
    delete (patternProperties as Schema)[written];
    if (read === undefined) {
      const message = `Found the pattern ${written}, which is not a regular expression of ECMAScript. It is left out.`;
      tell(patternProperties as Schema, written, message);
    } else {
      (patternProperties as Schema)[read] = inner;
    }
  }
}

// As generators write the enumerations of a language: as objects, though their members are texts.
function normaliseEnum(schema: Schema, tell: Tell): void {
  const { type, enum: members } = schema;
  const isPlain = Array.isArray(members) && members.every((one) => typeof one !== 'object');
  if (isPlain && members.length > 0 && (type === 'object' || type === 'array')) {
    tell(schema, 'type', `Found "${type}" at "type", but no member of "enum" is one. The type is left out.`);
    delete schema.type;
  }
}

function normaliseAlternatives(schema: Schema, tell: Tell): void {
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const list = schema[keyword];
    const odd = Array.isArray(list)
      ? list.filter((one) => !isPlainObject(one) && typeof one !== 'boolean')
      : [];
    const [first] = odd;
    if (odd.length > 0) {
      const found = JSON.stringify(first).slice(0, 60);
      tell(schema, keyword, `Found ${found} in "${keyword}", expected schemas. What is none is left out.`);
      schema[keyword] = (list as unknown[]).filter((one) => !odd.includes(one));
    }
  }
}

/**
 * Writes a pattern as it must be for the flag `u`, with which JSON Schema reads it. Without that flag, a character may be
 * escaped that need not be, a hyphen may stand beside a class, and a brace may stand for itself.
 *
 * @see https://tc39.es/ecma262/#sec-regular-expressions-patterns
 */
function readPattern(pattern: string): string | undefined {
  if (isPattern(pattern)) {
    return pattern;
  }
  const strict = pattern.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\?./gs, (part) =>
    part.startsWith('[') && part.length > 1 ? tidyClass(part) : tidyEscape(part, /[-_]/),
  );
  const braced = strict.replaceAll(
    /(\\.|\[(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\})|[{}]/g,
    (found, other?: string) => other ?? `\\${found}`,
  );
  return [strict, braced].find(isPattern);
}

function tidyClass(characters: string): string {
  return characters
    .replaceAll(/\\./gs, (part) => tidyEscape(part, /_/))
    .replaceAll(/(\\[wdsWDS])-(?!\])/g, '$1\\-')
    .replaceAll(/(?<!\[|\\)-(?=\\[wdsWDS])/g, '\\-');
}

function tidyEscape(part: string, needless: RegExp): string {
  const [, escaped] = /^\\(.)$/s.exec(part) ?? [];
  const isNeedless =
    escaped !== undefined && (needless.test(escaped) || /[^\w^$\\.*+?()[\]{}|/-]/.test(escaped));
  return isNeedless ? escaped : part;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
