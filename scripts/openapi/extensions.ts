const text = { type: 'string', minLength: 1 } as const;
const closed = { type: 'object', additionalProperties: false } as const;
const primitive = { type: ['string', 'number', 'boolean', 'null'] } as const;

/** One part of a request, by its name: `{ query: t }`. */
const part = {
  ...closed,
  properties: { query: text, form: text, header: text, body: text },
  minProperties: 1,
  maxProperties: 1,
} as const;
const kinds = { type: 'array', items: text, minItems: 1 } as const;
const fields = { type: 'object', additionalProperties: text } as const;

const taken = {
  ...closed,
  properties: {
    kind: { ...kinds, type: ['string', 'array'], minLength: 1 },
    from: { oneOf: [{ const: 'bearer' }, part] },
    isSpent: { type: 'boolean' },
    reuseRevokes: kinds,
    client: part,
    lifeSeconds: { type: 'integer', minimum: 1 },
  },
  required: ['kind', 'from'],
  // What is never spent is never reused.
  dependentSchemas: { reuseRevokes: { properties: { isSpent: { const: true } }, required: ['isSpent'] } },
} as const;

const life = {
  oneOf: [
    { ...closed, properties: { seconds: { type: 'integer', minimum: 1 } }, required: ['seconds'] },
    { ...closed, properties: { property: text, minutesFrom: part }, required: ['property'] },
  ],
} as const;

const issued = {
  ...closed,
  properties: {
    kind: { type: 'string', pattern: '^[\\w-]+$' },
    life,
    client: {
      ...closed,
      properties: { ...part.properties, otherwise: part, isShared: { type: 'boolean' } },
      oneOf: Object.keys(part.properties).map((name) => ({ required: [name] })),
    },
  },
  required: ['kind', 'life'],
} as const;

const sessionRule = {
  ...closed,
  properties: {
    when: {
      ...closed,
      properties: { form: fields, body: fields },
      minProperties: 1,
    },
    subject: part,
    takes: taken,
    secondFactor: {
      ...closed,
      properties: { subject: text, code: text, from: part },
      required: ['subject', 'code', 'from'],
    },
    refusal: {
      ...closed,
      properties: { status: { type: 'integer', minimum: 200, maximum: 599 }, example: text },
      required: ['status'],
      // A success refuses by what it says.
      anyOf: [{ properties: { status: { minimum: 400 } } }, { required: ['example'] }],
    },
    revokes: {
      ...closed,
      properties: { from: part, isWholeFamily: { type: 'boolean' } },
      required: ['from'],
    },
    issues: { type: 'object', additionalProperties: issued },
    locationFrom: part,
  },
  required: ['refusal'],
} as const;

const conditions = { type: 'object', additionalProperties: primitive, minProperties: 1 } as const;

/**
 * The JSON schemas of what this toolkit adds to OpenAPI. `x-evidence` can be any text here: which words it has is for
 * each project to lint.
 *
 * `x-session` is the sessions that a mock simulates: for an operation, or for each kind of its requests, which token it
 * takes, from where, and whether that spends it; which tokens it issues, in which property of a successful answer, and
 * for how long; which tokens it revokes; and which documented answer refuses a request without what it needs. With
 * `client`, one token of its kind lives for each client and subject, unless `isShared`. A kind that no operation issues is issued by the mock's control, and its
 * `takes` says how long it lives.
 */
export const extensionSchemas: Readonly<Record<string, object>> = {
  'x-evidence': text,
  'x-provider-state': text,
  'x-invalid-request': { type: 'boolean' },
  'x-match': {
    ...closed,
    properties: { body: conditions, query: conditions, header: conditions, path: conditions },
    minProperties: 1,
  },
  'x-session': { type: 'array', items: sessionRule, minItems: 1 },
};
