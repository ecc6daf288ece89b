import type { Oas3Decorator, Plugin } from '@redocly/openapi-core';

type Schema = Record<string, unknown>;

/** A plugin of Redocly that upgrades OpenAPI 3.0 to 3.1 while a document is bundled. */
export const upgradePlugin: Plugin = {
  id: 'upgrade',
  decorators: { oas3: { 'upgrade/to-3-1': createUpgrade } },
};

/** The setting of Redocly that turns it on, for OpenAPI 3.0 alone. */
export const upgradeDecorators = { oas3_0Decorators: { 'upgrade/to-3-1': 'on' } } as const;

/**
 * Creates what writes the schemas of a document in place as 3.1 has them: `nullable`, the bounds that were flags, and
 * what stands beside a `$ref`. All else of 3.0 has the same meaning in 3.1, `example` too.
 *
 * @see https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
function createUpgrade(): ReturnType<Oas3Decorator> {
  return {
    Root: {
      leave: (root) => {
        root.openapi = '3.1.0';
      },
    },
    Schema: { leave: (schema) => upgradeSchema(schema as Schema) },
    ref: {
      leave: (node, { type }) => {
        if (type.name === 'Schema') {
          upgradeReference(node as unknown as Schema);
        }
      },
    },
  };
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
  const isComposed = compositions.some((keyword) => keyword in schema);
  if (!isComposed && (type !== undefined || Array.isArray(members))) {
    Object.assign(schema, type === undefined ? {} : { type: [type, 'null'] });
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
  const { $ref, nullable } = reference;
  for (const keyword of Object.keys(reference)) {
    if (keyword !== '$ref' && !annotations.test(keyword)) {
      delete reference[keyword];
    }
  }
  if (nullable === true && typeof $ref === 'string') {
    wrap(reference);
  }
}
