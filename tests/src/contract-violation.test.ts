import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createNexudusAuthClient } from '../../src/index.ts';
import { baseUrl, bearerToken, failureOf } from './client-that-gets.ts';

const issued = { WasSuccessful: true, Value: 'one-time-token-1', Status: 200, Message: null, Errors: null };

function clientOf(body: unknown, status = 200, validate = true) {
  return createNexudusAuthClient({ baseUrl, validate, fetch: async () => Response.json(body, { status }) });
}

describe('a client that validates', () => {
  it('hands over what the contract allows', async () => {
    const body = { ...issued, Extra: 1 };
    const result = await clientOf(body).getOneTimeToken({ bearerToken });
    expect(result).toMatchObject({ status: 200, ok: true, body });
  });

  it('throws what breaks the contract, with the pointer and the expectation', async () => {
    const broken = { ...issued, WasSuccessful: 'secret-1' };
    const error = await failureOf(clientOf(broken).getOneTimeToken({ bearerToken }));
    expect(error).toMatchObject({
      code: 'contract_violation',
      operationId: 'getOneTimeToken',
      status: 200,
      violations: [{ pointer: '/WasSuccessful', expected: 'must be boolean' }],
    });
    expect(error.message).toBe(
      `getOneTimeToken: POST ${baseUrl}/api/sys/users/token/refresh answered 200, but its body breaks the contract: /WasSuccessful must be boolean.`,
    );
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('secret-1');
  });

  it('lists all that breaks the contract', async () => {
    const broken = { access_token: 1, token_type: 'bearer', expires_in: 'soon', refresh_token: 'r' };
    const body = { grant_type: 'refresh_token', refresh_token: 'x' } as const;
    const error = await failureOf(clientOf(broken).getBearerToken({ body }));
    expect(error.message).toMatch(/: \/access_token must be string; \/expires_in must be \w+\.$/);
  });

  it('validates failing answers, and says so of a whole body', async () => {
    const refused = clientOf(['secret-1'], 400).getBearerToken({
      body: { grant_type: 'refresh_token', refresh_token: 'x' },
    });
    const error = await failureOf(refused);
    expect(error).toMatchObject({ status: 400, violations: [{ pointer: '', expected: 'must be object' }] });
    expect(error.message).toMatch(/breaks the contract: the whole must be object\.$/);
  });

  it('looks at no body where the spec has no JSON', async () => {
    const client = createNexudusAuthClient({
      baseUrl,
      validate: true,
      fetch: async () => new Response('whatever', { status: 401 }),
    });
    expect(await client.getOneTimeToken({ bearerToken })).toMatchObject({ status: 401, body: undefined });
  });

  it('lets everything through when it is not told to', async () => {
    const broken = { WasSuccessful: 'yes' };
    const result = await clientOf(broken, 200, false).getOneTimeToken({ bearerToken });
    expect(result.body).toEqual(broken);
  });
});
