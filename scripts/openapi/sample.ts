import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { isOfType, isPlainObject, resolveReference } from './document.ts';
import { sampleNumber, sampleText } from './sample-scalar.ts';
import { getValidator, type SchemaNode } from './validator.ts';

/** Which values are made up. */
export interface SampleSettings {
  /** Whether the examples and defaults of a schema come first. Default: true. */
  useExamples?: boolean;
  /** Whether what is only read is left out, or what is only written. Default: `request`. */
  side?: 'request' | 'response';
  /** Whether an object has all its properties, as far as two levels down, and not only what is required. Default: false. */
  isFull?: boolean;
  /** Which alternative of a `oneOf` or an `anyOf` is tried first, by its index. Default: 0. */
  alternative?: number;
}

type Schema = Omit<Oas3_1Schema, 'items' | 'additionalProperties'> & {
  items?: SchemaNode | boolean;
  prefixItems?: SchemaNode[];
  additionalProperties?: SchemaNode | boolean;
  minProperties?: number;
};

/**
 * Makes up the smallest value that a schema takes: the same one each time, with what is required and no more. What is
 * read-only is left out of a request.
 *
 * @returns `undefined` where there is no such value, as for a schema that requires itself
 */
export function sampleSchema(
  document: Oas3_1Definition,
  schema: SchemaNode,
  settings: SampleSettings = {},
): unknown {
  return new Sampler(document, settings).sample(schema, []);
}

/**
 * Makes up a value that one alternative of a `oneOf` takes and no other, where there is one: first the smallest values,
 * then fuller ones, which tell apart what has no property in common.
 */
export function sampleOneOf(
  document: Oas3_1Definition,
  schema: SchemaNode,
  settings: SampleSettings = {},
): unknown {
  const first = sampleSchema(document, schema, settings);
  const { oneOf = [] } = resolveReference<Oas3_1Schema>(document, schema);
  if (oneOf.length === 0) {
    return first;
  }
  const { explain } = getValidator(document, 'request');
  const alternatives = oneOf.slice(0, maxAlternatives).map((_, alternative) => alternative);
  const attempts = [false, true].flatMap((isFull) =>
    alternatives.map((alternative) => ({ alternative, isFull })),
  );
  for (const attempt of attempts) {
    const value = sampleSchema(document, schema, { ...settings, ...attempt });
    if (value !== undefined && explain(schema, value) === undefined) {
      return value;
    }
  }
  return first;
}

const maxDepth = 40;
const maxAlternatives = 20;

class Sampler {
  readonly #document: Oas3_1Definition;
  readonly #useExamples: boolean;

  readonly #alternative: number;

  readonly #fullDepth: number;
  readonly #hidden: 'readOnly' | 'writeOnly';

  constructor(
    document: Oas3_1Definition,
    { useExamples = true, alternative = 0, side = 'request', isFull = false }: SampleSettings,
  ) {
    this.#document = document;
    this.#fullDepth = isFull ? 2 : 0;
    this.#hidden = side === 'request' ? 'readOnly' : 'writeOnly';
    this.#useExamples = useExamples;
    this.#alternative = alternative;
  }

  sample(node: SchemaNode | boolean, parents: readonly object[]): unknown {
    if (typeof node === 'boolean') {
      return node ? 'text' : undefined;
    }
    const schema = resolveReference<Oas3_1Schema>(this.#document, node);
    if (parents.includes(schema) || parents.length > maxDepth) {
      return undefined;
    }
    return this.#findShown(schema) ?? this.#sampleAlternatives(schema as Schema, [...parents, schema]);
  }

  #findShown(schema: Oas3_1Schema): unknown {
    return this.#listShown(schema).find((value) => hasTypeOf(schema, value));
  }

  #listShown(schema: Oas3_1Schema): unknown[] {
    const { const: constant, enum: members = [], example, examples = [], default: fallback } = schema;
    const shown = this.#useExamples ? [example, ...[examples].flat(), fallback] : [];
    return [
      constant,
      ...(members.length > 0
        ? [...shown.filter((one) => members.includes(one as never)), ...members]
        : shown),
    ].filter((value) => value !== undefined && !(isPlainObject(value) && '$ref' in value));
  }

  // Each alternative in turn, until one of them has a value.
  #sampleAlternatives({ allOf = [], oneOf, anyOf, ...own }: Schema, parents: readonly object[]): unknown {
    let whole: Schema = own;
    for (const part of allOf) {
      whole = mergeSchemas(whole, this.#flatten(part, parents));
    }
    const shown = allOf.length === 0 ? undefined : this.#findShown(whole as Oas3_1Schema);
    if (shown !== undefined) {
      return shown;
    }
    const choices = oneOf ?? anyOf ?? whole.oneOf ?? whole.anyOf;
    if (choices === undefined || choices.length === 0) {
      return this.#sampleType(whole, parents);
    }
    const { oneOf: _one, anyOf: _any, ...rest } = whole;
    const first = this.#alternative % choices.length;
    for (const choice of [...choices.slice(first), ...choices.slice(0, first)].slice(0, maxAlternatives)) {
      const alternative = resolveReference<Oas3_1Schema>(this.#document, choice);
      if (parents.includes(alternative)) continue;
      const value = isBare(rest)
        ? this.sample(choice, parents)
        : this.#sampleAlternatives(mergeSchemas(rest, alternative as Schema), [...parents, alternative]);
      if (value !== undefined) return this.#name(value, choice, own);
    }
    return undefined;
  }

  /** Puts the parts of an `allOf` into one schema, and those of the parts. */
  #flatten(node: SchemaNode, parents: readonly object[]): Schema {
    const schema = resolveReference<Oas3_1Schema>(this.#document, node) as Schema;
    if (parents.includes(schema)) {
      return {};
    }
    const { allOf = [], ...own } = schema;
    return allOf.map((part) => this.#flatten(part, [...parents, schema])).reduce<Schema>(mergeSchemas, own);
  }

  // The property of a discriminator names the alternative.
  #name(value: unknown, choice: SchemaNode, { discriminator }: Schema): unknown {
    const { propertyName, mapping = {} } = discriminator ?? {};
    if (propertyName === undefined || !isPlainObject(value) || !('$ref' in choice)) {
      return value;
    }
    const reference = String(choice.$ref);
    const name = reference.replace(/^.*\//, '');
    const [mapped = name] =
      Object.entries(mapping).find(([, target]) => target === reference || target === name) ?? [];
    const schema = this.#findProperty(choice, propertyName);
    const isFixed = schema?.const !== undefined || (schema?.enum ?? [mapped]).every((one) => one !== mapped);
    return isFixed ? value : { ...value, [propertyName]: mapped };
  }

  #findProperty(node: SchemaNode, name: string): Oas3_1Schema | undefined {
    const found = this.#flatten(node, []).properties?.[name];
    return found && resolveReference<Oas3_1Schema>(this.#document, found as SchemaNode);
  }

  #sampleType(schema: Schema, parents: readonly object[]): unknown {
    switch (readType(schema)) {
      case 'object':
        return this.#sampleObject(schema, parents);
      case 'array':
        return this.#sampleArray(schema, parents);
      case 'integer':
      case 'number':
        return sampleNumber(schema);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return sampleText(schema);
    }
  }

  #sampleObject(schema: Schema, parents: readonly object[]): object | undefined {
    const { properties = {}, required = [], additionalProperties = true, minProperties = 0 } = schema;
    const value: Record<string, unknown> = {};
    for (const name of required) {
      const property = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      if (this.#isHidden(property as SchemaNode)) continue;
      const made = this.sample(property as SchemaNode, parents);
      if (made === undefined) return undefined;
      set(value, name, made);
    }
    const wanted = parents.length <= this.#fullDepth ? Number.POSITIVE_INFINITY : minProperties;
    for (const [name, property] of Object.entries(properties)) {
      if (Object.keys(value).length >= wanted) break;
      if (this.#isHidden(property as SchemaNode)) continue;
      const made = Object.hasOwn(value, name) ? undefined : this.sample(property as SchemaNode, parents);
      if (made !== undefined) set(value, name, made);
    }
    for (let count = 1; Object.keys(value).length < minProperties; count += 1) {
      const made = this.sample(additionalProperties as SchemaNode, parents);
      if (made === undefined) return undefined;
      set(value, `key${count}`, made);
    }
    return value;
  }

  #isHidden(node: SchemaNode | boolean): boolean {
    return (
      isPlainObject(node) &&
      resolveReference<Oas3_1Schema>(this.#document, node as SchemaNode)[this.#hidden] === true
    );
  }

  #sampleArray(schema: Schema, parents: readonly object[]): unknown[] | undefined {
    const { items = true, prefixItems = [], minItems = 0, maxItems = 1, uniqueItems = false } = schema;
    const length = Math.max(minItems, Math.min(1, maxItems));
    const values: unknown[] = [];
    for (let index = 0; index < length; index += 1) {
      const made = this.sample(prefixItems[index] ?? items, parents);
      const value = uniqueItems ? this.#vary(items, made, index) : made;
      if (value === undefined) return index >= minItems ? values : undefined;
      values.push(value);
    }
    return values;
  }

  #vary(items: SchemaNode | boolean, value: unknown, index: number): unknown {
    const schema = typeof items === 'boolean' ? {} : resolveReference<Oas3_1Schema>(this.#document, items);
    if (schema.enum !== undefined) return schema.enum[index];
    if (typeof value === 'number') return value + index * (schema.multipleOf ?? 1);
    if (typeof value === 'string' && index > 0) return `${value}${index}`;
    return index === 0 ? value : undefined;
  }
}

// `__proto__` would set the prototype.
function set(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function isBare(schema: Schema): boolean {
  return Object.keys(schema).every((keyword) =>
    /^(title|description|discriminator|nullable|deprecated|example|examples|default|externalDocs|xml|x-.*)$/.test(
      keyword,
    ),
  );
}

function mergeSchemas(one: Schema, other: Schema): Schema {
  const bound = (name: 'minLength' | 'minItems' | 'minimum' | 'minProperties'): Schema => {
    const bounds = [one[name], other[name]].filter((value) => typeof value === 'number');
    return bounds.length === 0 ? {} : { [name]: Math.max(...bounds) };
  };
  const enums = [one.enum, other.enum].filter((members) => members !== undefined);
  return {
    ...one,
    ...other,
    ...bound('minLength'),
    ...bound('minItems'),
    ...bound('minimum'),
    ...bound('minProperties'),
    ...(enums.length === 2 ? { enum: enums[0]?.filter((member) => enums[1]?.includes(member)) ?? [] } : {}),
    required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])],
    properties: mergeProperties(one.properties, other.properties),
  };
}

// If two parts have a property, both count.
function mergeProperties(
  one: Schema['properties'] = {},
  other: Schema['properties'] = {},
): NonNullable<Schema['properties']> {
  const merged = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const known = Object.hasOwn(merged, name) ? merged[name] : undefined;
    set(merged, name, known === undefined || known === schema ? schema : { allOf: [known, schema] });
  }
  return merged;
}

/** Tells the type of the value to make up; what says nothing of types is taken by its keywords. */
function readType(schema: Schema): string | undefined {
  const types = [schema.type ?? []].flat();
  const known = types.find((type) => type !== 'null') ?? types[0];
  if (known !== undefined) return known;
  if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) return 'object';
  if ((schema.required ?? []).length > 0 || isPlainObject(schema.additionalProperties)) return 'object';
  if (schema.items !== undefined) return 'array';
  return [schema.minimum, schema.maximum, schema.multipleOf].some((bound) => bound !== undefined)
    ? 'number'
    : undefined;
}

function hasTypeOf({ type }: Oas3_1Schema, value: unknown): boolean {
  const types = [type ?? []].flat() as string[];
  return types.length === 0 || types.some((one) => isOfType(one, value));
}
