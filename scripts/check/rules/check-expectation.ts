import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Rule } from '../../pact/matching-rules.ts';
import { isPlainObject } from '../../spec/is-plain-object.ts';
import { type Branch, listBranches } from '../../spec/list-branches.ts';
import type { SchemaNode } from '../../spec/validator.ts';
import type { Remark } from './matched-interaction.ts';
import { accepts, isExact } from './matchers.ts';
import { isClosed, sampleBranch } from './sample-branch.ts';

/** A value that a consumer expects, and the schemas that it may come from. */
export interface Expectation {
  document: Oas3_1Definition;
  schemas: readonly SchemaNode[];
  value: unknown;
  /** Finds the rule of the place that the keys lead to. */
  ruleAt: (keys: readonly string[]) => Rule | undefined;
  /** The keys that lead to the value; none for the whole. */
  keys: readonly string[];
  /** Of the whole, below the interaction. */
  pointer: string;
}

/**
 * Finds what a consumer relies on that a schema does not promise: a property that is not required, a value outside
 * of the schema, and values of the schema that the consumer's rule would refuse.
 *
 * Of several alternatives, those count that the expected value doesn't contradict.
 */
export function checkExpectation(expectation: Expectation): Remark[] {
  const { document, schemas, value, keys, pointer } = expectation;
  const all = schemas.flatMap((schema) => listBranches(document, schema));
  const branches = all.filter((branch) => mayHold(document, branch, value));
  if (branches.length === 0) {
    const message = `Expects ${nameOf(keys)} to be ${JSON.stringify(value)}, which the spec doesn't allow.`;
    return [{ message, pointer }];
  }
  if (isPlainObject(value)) {
    return checkProperties(expectation, branches, value);
  }
  if (Array.isArray(value) && value.length > 0) {
    const schemas = branches.flatMap(({ items }) => (items === undefined ? [] : [items as SchemaNode]));
    return checkExpectation({ ...expectation, schemas, value: value[0], keys: [...keys, '0'] });
  }
  return checkValue(expectation, branches);
}

function checkProperties(
  expectation: Expectation,
  branches: readonly Branch[],
  value: Record<string, unknown>,
): Remark[] {
  return Object.entries(value).flatMap(([name, one]) => {
    const keys = [...expectation.keys, name];
    if (!branches.every(({ required }) => required?.includes(name) === true)) {
      const message = `Relies on ${nameOf(keys)}, which the spec does not require.`;
      return [{ message, pointer: expectation.pointer }];
    }
    const schemas = branches.map(({ properties }) => (properties?.[name] ?? {}) as SchemaNode);
    return checkExpectation({ ...expectation, schemas, value: one, keys });
  });
}

function checkValue({ value, ruleAt, keys, pointer }: Expectation, branches: readonly Branch[]): Remark[] {
  const rule = ruleAt(keys);
  if (isExact(rule)) {
    const message = `Relies on ${nameOf(keys)} being ${JSON.stringify(value)}, which the spec leaves open. Use a rule, such as a type or a regular expression.`;
    return branches.some(isClosed) ? [] : [{ message, pointer }];
  }
  const refused = branches.flatMap(sampleBranch).filter((sample) => !accepts(rule, value, sample));
  const message = `The rule of ${nameOf(keys)} refuses ${JSON.stringify(refused[0])}, which the spec allows.`;
  return refused.length === 0 ? [] : [{ message, pointer }];
}

// An expected value can be a part of the real one only: what it doesn't name, it doesn't contradict.
function mayHold(document: Oas3_1Definition, branch: Branch, value: unknown): boolean {
  const { type, const: constant, enum: members, properties = {} } = branch;
  const isTyped = type === undefined || [type].flat().some((one) => isOfType(one, value));
  const isListed =
    (constant === undefined || isDeepStrictEqual(constant, value)) && (members?.includes(value) ?? true);
  const isComplete =
    !isPlainObject(value) ||
    Object.entries(value).every(([name, one]) => {
      const schema = properties[name] as SchemaNode | undefined;
      return (
        schema === undefined || listBranches(document, schema).some((inner) => mayHold(document, inner, one))
      );
    });
  return isTyped && isListed && isComplete;
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isPlainObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function nameOf(keys: readonly string[]): string {
  return keys.length === 0 ? 'the value' : keys.join('.');
}
