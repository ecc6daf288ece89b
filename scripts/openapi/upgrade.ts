import type { SpecVersion } from '@redocly/openapi-core';
import { isReference } from './document.ts';
import { type NodeType, typeOfRoot, walkNodes } from './node-types.ts';

type Schema = Record<string, unknown>;

/**
 * Writes the schemas of a document in place as OpenAPI 3.1 has them: `nullable`, the bounds that were flags, and in a
 * document of 3.0 what stands beside a `$ref`. All else of 3.0 has the same meaning in 3.1, `example` too.
 *
 * @param onHabit is told of each schema of a later version that is written as in 3.0, and of the keyword
 * @see https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
export function upgradeSchemas(
  document: object,
  version: SpecVersion,
  onHabit: (schema: object, keyword: string) => void,
): void {
  const isOld = version === 'oas3_0';
  walkNodes(document, typeOfRoot(version), (node, { name }: NodeType) => {
    if (name !== 'Schema' || Array.isArray(node)) {
      return;
    }
    const schema = node as Schema;
    const habit = ['nullable', 'exclusiveMinimum', 'exclusiveMaximum'].find(
      (keyword) => typeof schema[keyword] === 'boolean',
    );
    if (!isOld && habit !== undefined) {
      onHabit(schema, habit);
    }
    if (isOld && isReference(schema)) {
      upgradeReference(schema);
    } else {
      upgradeSchema(schema);
    }
  });
}

const annotations =
  /^(?:title|description|deprecated|readOnly|writeOnly|default|example|examples|externalDocs|xml|x-.*)$/;
const compositions = ['allOf', 'oneOf', 'anyOf', 'not'];

function upgradeSchema(schema: Schema): void {
  upgradeBound(schema, 'minimum', 'exclusiveMinimum');
  upgradeBound(schema, 'maximum', 'exclusiveMaximum');
  const isNullable = schema.nullable === true;
  delete schema.nullable;
  if (isNullable) {
    allowNull(schema);
  }
}

function upgradeBound(schema: Schema, bound: string, exclusive: string): void {
  if (typeof schema[exclusive] !== 'boolean') {
    return;
  }
  if (schema[exclusive] && schema[bound] !== undefined) {
    schema[exclusive] = schema[bound];
    delete schema[bound];
  } else {
    delete schema[exclusive];
  }
}

// It counts without a `type`, and with an `enum` that lacks null, too: that is how openapi-typescript has it, and what
// people mean by it.
function allowNull(schema: Schema): void {
  const { type, enum: members } = schema;
  const isComposed = [...compositions, '$ref'].some((keyword) => keyword in schema);
  if (!isComposed && (type !== undefined || Array.isArray(members))) {
    Object.assign(schema, type === undefined ? {} : { type: [...new Set([type, 'null'].flat())] });
    Object.assign(schema, Array.isArray(members) ? { enum: [...new Set([...members, null])] } : {});
  } else {
    wrap(schema);
  }
}

/** Puts what a schema asks of a value into an alternative to null. What takes every value takes null already. */
function wrap(schema: Schema): void {
  const asked = Object.entries(schema).filter(([keyword]) => !annotations.test(keyword));
  for (const [keyword] of asked) {
    delete schema[keyword];
  }
  if (asked.length > 0) {
    schema.anyOf = [Object.fromEntries(asked), { type: 'null' }];
  }
}

// OpenAPI 3.0 ignores what stands beside a reference, where 3.1 does not. Of that, people mean `nullable`.
function upgradeReference(reference: Schema): void {
  const { nullable } = reference;
  for (const keyword of Object.keys(reference)) {
    if (keyword !== '$ref' && !annotations.test(keyword)) {
      delete reference[keyword];
    }
  }
  if (nullable === true) {
    wrap(reference);
  }
}
