import { isPlainObject } from '../spec/is-plain-object.ts';

/** So many values can be made up for an answer: as many take a few seconds, in which nothing else is answered. */
export const maxMadeUpValues = 50_000;

// Of a text, so many characters take as long as a value.
const charactersPerValue = 250;

/**
 * Creates a function that counts the values which json-schema-faker makes up for a schema, at most: every property, and
 * as many items as `maxItems` allows. Each schema is counted once.
 */
export function createValueCounter(): (schema: unknown) => number {
  const counts = new WeakMap<object, number>();
  const count = (schema: unknown): number => {
    if (Array.isArray(schema)) {
      return schema.reduce<number>((sum, one) => sum + count(one), 0);
    }
    if (!isPlainObject(schema)) {
      return 1;
    }
    const known = counts.get(schema);
    if (known !== undefined) {
      return known;
    }
    // For where it holds itself, which json-schema-faker follows a few times only.
    counts.set(schema, 1);
    const sum = countParts(schema, count);
    counts.set(schema, sum);
    return sum;
  };
  return count;
}

function countParts(schema: Record<string, unknown>, count: (schema: unknown) => number): number {
  const { properties = {}, additionalProperties, items, allOf = [], oneOf = [], anyOf = [] } = schema;
  const choices = [oneOf, anyOf].map((each) => Math.max(0, ...(each as unknown[]).map(count)));
  const further = largest(schema.minProperties, schema.maxProperties) * count(additionalProperties);
  const elements = largest(schema.minItems, schema.maxItems, 1) * (items === undefined ? 0 : count(items));
  const text = largest(schema.minLength) / charactersPerValue;
  const own = Object.values(properties as object).reduce<number>((sum, one) => sum + count(one), 1);
  return own + further + elements + text + count(allOf) + choices.reduce((sum, one) => sum + one);
}

function largest(...bounds: unknown[]): number {
  return Math.max(0, ...bounds.map((bound) => (typeof bound === 'number' ? bound : 0)));
}
