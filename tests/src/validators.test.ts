import { describe, expect, it } from 'vitest';
import { validators } from '../../generated/validators.ts';
import { listAnswers } from '../../scripts/openapi/answers.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import type { ResponseValidators } from '../../src/index.ts';

const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const table: ResponseValidators = validators;
const examples = (spec === undefined ? [] : listAnswers(spec.document)).flatMap(
  ({ place, status, example }) => {
    const validator = table[place.operation.operationId ?? '']?.[status];
    return validator === undefined || example === undefined
      ? []
      : [{ name: `${place.operation.operationId} ${status} ${example.name}`, validator, example }];
  },
);
const bodies = examples.map(({ name, validator, example }) => ({
  name,
  check: (body: unknown) => validator['~standard'].validate(body),
  body: example.value as Record<string, unknown>,
}));

it('has a validator for each response with a JSON body', () => {
  const named = Object.entries(table).map(
    ([id, statuses]) => `${id} ${Object.keys(statuses ?? {}).join(' ')}`,
  );
  expect(named).toEqual([
    'getBearerToken 200 400',
    'getOneTimeToken 200 500',
    'exchangeJwt 200',
    'getMediaToken 200',
  ]);
  expect(bodies).toHaveLength(14);
});

describe.each(bodies)('the validator of $name', ({ check, body }) => {
  it('accepts the example, and properties that the spec does not name', () => {
    expect(check(body)).toEqual({ value: body });
    expect(check({ ...body, invented: 'x' })).toEqual({ value: { ...body, invented: 'x' } });
  });

  const required = Object.keys(body).filter((name) => name !== 'error_description');

  it.each(required)('refuses it without %s', (name) => {
    const { [name]: _, ...rest } = body;
    expect(check(rest)).toEqual({ issues: [{ path: [name], message: 'must be present' }] });
  });

  // `Errors` of a failure can be anything.
  const typed = Object.keys(body).filter((name) => name !== 'Errors' || body.WasSuccessful === true);

  it.each(typed)('refuses another type of %s', (name) => {
    const { issues = [] } = check({ ...body, [name]: { x: 1 } }) as { issues?: { path: string[] }[] };
    expect(issues.length).toBeGreaterThan(0);
    expect(new Set(issues.map(({ path }) => path.join('/')))).toEqual(new Set([name]));
  });

  it.each([[[]], [null], ['text'], [1], [undefined]])('refuses %j', (value) => {
    expect(check(value)).toEqual({ issues: [{ path: [], message: 'must be object' }] });
  });
});

it('refuses another constant, and says which one is expected', () => {
  const body = { access_token: 'a', token_type: 'mac', expires_in: 1.5, refresh_token: '' };
  expect(validators.getBearerToken[200]['~standard'].validate(body)).toEqual({
    issues: [
      { path: ['token_type'], message: 'must be "bearer"' },
      { path: ['expires_in'], message: 'must be integer' },
      { path: ['refresh_token'], message: 'must NOT have fewer than 1 characters' },
    ],
  });
});

it.each([
  { body: { WasSuccessful: true, Value: null }, Value: 'must be string' },
  { body: { WasSuccessful: false, Value: 'x', Status: 500 }, Value: 'must be null' },
  { body: { WasSuccessful: false, Status: 200 }, Status: 'must be 500' },
  { body: { WasSuccessful: 'yes', Value: null }, WasSuccessful: 'must be boolean' },
  { body: { WasSuccessful: false, Message: 1 }, Message: 'must be string or null' },
])('holds $body against the branch that it is of', ({ body, ...expected }) => {
  const whole = { Value: body.WasSuccessful === true ? 'x' : null, Message: null, Errors: null };
  const status = body.WasSuccessful === true ? 200 : 500;
  expect(
    validators.getOneTimeToken[200]['~standard'].validate({ ...whole, Status: status, ...body }),
  ).toEqual({ issues: Object.entries(expected).map(([name, message]) => ({ path: [name], message })) });
});

it('quotes nothing of what it refuses', () => {
  const secret = 'secret-1';
  const body = { access_token: [secret], token_type: secret, expires_in: secret, refresh_token: { secret } };
  const { issues } = validators.getBearerToken[200]['~standard'].validate(body);
  expect(issues).toHaveLength(4);
  expect(JSON.stringify(issues)).not.toContain('secret');
});
