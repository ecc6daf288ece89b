import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../../scripts/mock/index.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const bearer = { headers: { authorization: 'Bearer access-token-1' } };

/** A valid request to each operation, and the answer that it gets without a preference. */
const operations: Record<string, { path: string; init?: RequestInit; status: number; mediaType?: string }> = {
  getBearerToken: {
    path: '/api/token',
    init: form({ grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' }),
    status: 200,
    mediaType: 'application/json',
  },
  getOneTimeToken: {
    path: '/api/sys/users/token/refresh',
    init: { method: 'POST', ...bearer },
    status: 200,
    mediaType: 'application/json',
  },
  exchangeJwt: {
    path: '/api/sys/users/exchange?token=one-time-jwt-1&validForInMinutes=1440',
    init: { method: 'POST' },
    status: 200,
    mediaType: 'application/json',
  },
  getMediaToken: {
    path: '/api/auth/media/customer',
    init: bearer,
    status: 200,
    mediaType: 'application/json',
  },
  redirectToServerPage: {
    path: '/user/login?server=true&t=one-time-token-1&redirectUrl=%2Fuser%2Finvoices',
    status: 302,
  },
  redirectToPortal: { path: '/login?t=one-time-token-1', status: 302 },
  downloadInvoicePdf: {
    path: '/api/public/billing/invoices/1024/pdf?t=media-token-1',
    status: 200,
    mediaType: 'application/pdf',
  },
};

interface Example {
  operationId: string;
  code: string;
  name: string;
  value: unknown;
}

interface DocumentedOperation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { examples?: Record<string, { value: unknown }> }> }>;
}

async function readOperations(): Promise<DocumentedOperation[]> {
  const { spec } = await readSpec('openapi/nexudus-auth.yaml');
  const items = Object.values((spec?.document.paths ?? {}) as Record<string, Record<string, unknown>>);
  return items.flatMap(({ get, post }) => [get, post].filter(Boolean) as DocumentedOperation[]);
}

function listExamples({ operationId, responses }: DocumentedOperation): Example[] {
  return Object.entries(responses).flatMap(([code, { content = {} }]) =>
    Object.values(content).flatMap(({ examples = {} }) =>
      Object.entries(examples).map(([name, { value }]) => ({ operationId, code, name, value })),
    ),
  );
}

const documented = await readOperations();
const operationIds = documented.map(({ operationId }) => operationId);
const examples = documented.flatMap(listExamples);
let mock: Mock;

beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

function ask(operationId: string, prefer?: string): Promise<Response> {
  const { path, init } = operations[operationId] ?? { path: '/' };
  const headers = new Headers(init?.headers);
  if (prefer !== undefined) {
    headers.set('prefer', prefer);
  }
  return fetch(mock.url + path, { redirect: 'manual', ...init, headers });
}

async function readValue(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text;
}

describe('an operation', () => {
  test('is asked here for each one of the spec', () => {
    expect(Object.keys(operations).sort()).toEqual(operationIds.toSorted());
  });

  test.each(operationIds)('%s answers its default example', async (operationId) => {
    const { status, mediaType } = operations[operationId] ?? {};
    const response = await ask(operationId);
    expect(response.status).toBe(status);
    expect(response.headers.get('sl-violations')).toBeNull();
    if (mediaType !== undefined) {
      expect(response.headers.get('content-type')).toBe(mediaType);
    }
    const first = examples.find((example) => example.operationId === operationId);
    expect(await readValue(response)).toEqual(first?.value ?? '');
  });

  test.each(['redirectToServerPage', 'redirectToPortal'])(
    '%s redirects, with no body',
    async (operationId) => {
      const response = await ask(operationId);
      expect(response.headers.get('location')).toBe('/user/invoices');
      expect(await response.text()).toBe('');
    },
  );
});

describe('a preference', () => {
  test.each(examples)('for $code and $name of $operationId is followed', async (example) => {
    const { operationId, code, name, value } = example;
    const response = await ask(operationId, `code=${code}, example=${name}`);
    expect(response.status).toBe(Number(code));
    expect(await readValue(response)).toEqual(value);
  });

  test('can leave the code out where the example is one of a success', async () => {
    const response = await ask('getBearerToken', 'example=refreshed');
    expect(await response.json()).toHaveProperty('access_token', 'access-token-3');
  });

  test('can stand in the query', async () => {
    const response = await fetch(`${mock.url}/login?t=a&__code=401`, { redirect: 'manual' });
    expect([response.status, await response.text()]).toEqual([401, '']);
    const example = await fetch(`${mock.url}/api/auth/media/customer?__example=nope`, bearer);
    expect(example.status).toBe(404);
  });

  test('can be quoted, in any case, parted by a semicolon, and counts once', async () => {
    const response = await ask(
      'getBearerToken',
      'wait=1, Code="400"; example="must_reset_password", code=200',
    );
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'must_reset_password' }]);
  });

  test('for dynamic values gets values that are made up', async () => {
    const response = await ask('getMediaToken', 'dynamic=true');
    const { jwt } = await response.json();
    expect(jwt).toEqual(expect.any(String));
    expect(jwt).not.toBe('media-token-1');
    expect((await ask('getMediaToken', 'dynamic=perhaps')).status).toBe(422);
  });

  test.each([
    ['?__dynamic=true', {}],
    ['?%5F%5Fdynamic=true', {}],
    ['', { prefer: 'Dynamic="true"' }],
    ['', { prefer: 'dynamic' }],
  ])('for dynamic values, as %s or in %j, gets other values each time', async (search, headers) => {
    const path = `/api/auth/media/customer${search}`;
    const ask = async () =>
      (await fetch(mock.url + path, { headers: { ...bearer.headers, ...headers } })).json();
    const values = new Set([await ask(), await ask(), await ask()].map(({ jwt }) => jwt));
    expect(values.size).toBeGreaterThan(1);
  });

  test('does not stay for the next request', async () => {
    await ask('getBearerToken', 'code=400');
    expect((await ask('getBearerToken')).status).toBe(200);
  });

  test.each([
    ['code=418', 404, 'no response 418'],
    ['code=abc', 422, '"abc"'],
    ['code=101', 422, '"101"'],
    ['example=nope', 404, 'no example "nope"'],
    ['code=400, example=nope', 404, 'no example "nope"'],
    ['code=400, example=signed_in', 404, 'Response 400 has no example "signed_in"'],
  ])('of %s is refused with %i, and with what is documented', async (prefer, status, found) => {
    const response = await ask('getBearerToken', prefer);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { detail } = await response.json();
    expect(detail).toContain(found);
    expect(detail).toContain('200: signed_in, signed_in_with_totp, refreshed; 400: unsupported_grant_type');
  });

  test('for an example of another code than the default one is refused with what is documented', async () => {
    const response = await ask('getBearerToken', 'example=invalid_grant');
    expect(response.status).toBe(404);
    expect((await response.json()).detail).toContain('400: unsupported_grant_type, invalid_grant');
  });
});
