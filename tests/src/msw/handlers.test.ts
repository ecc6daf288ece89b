import { HttpResponse, http } from 'msw/http';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { listAnswers } from '../../../scripts/openapi/answers.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { createNexudusAuthClient, createNexudusAuthUrls } from '../../../src/index.ts';
import { createNexudusAuthHandler, createNexudusAuthHandlers } from '../../../src/msw/index.ts';
import { specFile } from '../../own-project.ts';

const baseUrl = 'https://space.example';
const portalUrl = 'https://portal.example';
const client = createNexudusAuthClient({ baseUrl, validate: true });
const urls = createNexudusAuthUrls({ baseUrl, portalUrl });
const server = setupServer();

/** What none of the handlers answers goes to the last one, and fails there. */
const use = (options?: Parameters<typeof createNexudusAuthHandlers>[0]) =>
  server.resetHandlers(
    ...createNexudusAuthHandlers(options),
    http.all('*', () => HttpResponse.error()),
  );

beforeAll(() => server.listen());
beforeEach(() => use());
afterAll(() => server.close());

const bearerToken = 'access-token-1';
const signIn = () =>
  client.getBearerToken({ body: { grant_type: 'password', username: 'ada@lovelace.dev', password: 'x' } });
const visit = (url: string) => fetch(url, { redirect: 'manual' });

/** A call of each operation, as the generated client sends it. */
const calls = {
  getBearerToken: signIn,
  getOneTimeToken: () => client.getOneTimeToken({ bearerToken }),
  exchangeJwt: () => client.exchangeJwt({ query: { token: 'one-time-jwt-1', validForInMinutes: 1440 } }),
  getMediaToken: () => client.getMediaToken({ bearerToken }),
  redirectToServerPage: () =>
    client.redirectToServerPage({ query: { server: true, t: 't', redirectUrl: '/user/invoices' } }),
  redirectToPortal: () => client.redirectToPortal({ query: { t: 't' } }),
  downloadInvoicePdf: () => client.downloadInvoicePdf({ path: { invoiceId: 1024 }, query: { t: 't' } }),
};

const { spec } = await readSpec(specFile);
if (spec === undefined) throw new Error('The spec cannot be read.');
const answers = listAnswers(spec.document).map(({ place, status, example }) => ({
  operationId: place.operation.operationId as keyof typeof calls,
  name: example?.name ?? Number(status),
  status: Number(status),
  value: example?.value,
}));

describe('the handlers', () => {
  it.each(answers)(
    'answer $operationId by the name $name, as the spec has it',
    async ({ operationId, name, status, value }) => {
      use({ answers: { [operationId]: name } });
      const result = await calls[operationId]();
      const body = result.body instanceof Blob ? await result.body.text() : result.body;
      expect({ status: result.status, body }).toEqual({ status, body: value });
    },
  );

  it('answer each operation with the first example that is no failure', async () => {
    const results = await Promise.all(Object.values(calls).map((call) => call()));
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200, 200, 302, 302, 200]);
    expect(results[0]?.body).toMatchObject({ access_token: 'access-token-1' });
    expect(results[4]?.response.headers.get('Location')).toBe('/user/invoices');
  });

  it('give way to one of a failure, once', async () => {
    server.use(createNexudusAuthHandler('getOneTimeToken', 'refused', { once: true }));
    expect((await calls.getOneTimeToken()).body).toMatchObject({ WasSuccessful: false });
    expect((await calls.getOneTimeToken()).body).toMatchObject({ WasSuccessful: true });
  });

  it('give way to one of a failure, until it is reset', async () => {
    server.use(createNexudusAuthHandler('redirectToPortal', 401));
    expect((await calls.redirectToPortal()).status).toBe(401);
    expect((await calls.redirectToPortal()).status).toBe(401);
    expect((await calls.redirectToServerPage()).status).toBe(302);
    server.resetHandlers();
    expect((await calls.redirectToPortal()).status).toBe(302);
  });
});

describe('handlers of base URLs', () => {
  const at = (path: string) =>
    visit(path).then(
      ({ status }) => status,
      () => 'not answered',
    );

  it('answer these and no other origin', async () => {
    use({ baseUrl, portalUrl });
    const t = 't';
    expect(await at(urls.redirectToPortal({ t }))).toBe(302);
    expect(await at(urls.redirectToServerPage({ t, redirectUrl: '/' }))).toBe(302);
    expect(await at(`${baseUrl}/login?t=t`)).toBe('not answered');
    expect(await at(`${portalUrl}/user/login?server=true&t=t&redirectUrl=/`)).toBe('not answered');
  });

  it('answer no path that only begins or ends as theirs', async () => {
    use({ baseUrl });
    const pdf = '/api/public/billing/invoices/1024/pdf';
    expect(await at(`${baseUrl}${pdf}?t=t`)).toBe(200);
    for (const path of [`${pdf}/more`, '/api/public/billing/invoices/1024', pdf.replace('billing', 'x')]) {
      expect(await at(`${baseUrl}${path}?t=t`)).toBe('not answered');
    }
  });

  it('answer under a path prefix, and not without it', async () => {
    use({ baseUrl: `${baseUrl}/prefix/` });
    expect(await at(`${baseUrl}/prefix/login?t=t`)).toBe(302);
    expect(await at(`${baseUrl}/login?t=t`)).toBe('not answered');
  });

  it('leave the pages of an app alone that have the path of an operation and no token', async () => {
    expect(await at('http://localhost:5173/login?t=t')).toBe(302);
    expect(await at('http://localhost:5173/login')).toBe('not answered');
  });

  it.each([
    ['baseUrl', { baseUrl: 'space.example' }],
    ['portalUrl', { portalUrl: '/portal' }],
  ])('are refused for a %s that is not absolute', (option, options) => {
    expect(() => createNexudusAuthHandlers(options)).toThrow(
      `${option} must be an absolute http or https URL`,
    );
  });
});

describe('a name that the spec has not', () => {
  // Types refuse it, and JavaScript has none.
  const misspelt = (answers: object) => () => createNexudusAuthHandlers({ answers });

  it('of an answer is refused with those that there are', () => {
    const message =
      'There is no answer of getOneTimeToken "refusd". Choose from: 401, issued, refused, failed.';
    expect(misspelt({ getOneTimeToken: 'refusd' })).toThrow(new RangeError(message));
    expect(misspelt({ getOneTimeToken: 'toString' })).toThrow(RangeError);
    expect(() => createNexudusAuthHandler('getOneTimeToken', 'refusd' as 'refused')).toThrow(message);
  });

  it('of an operation is refused with those that there are', () => {
    expect(misspelt({ getOnetimeToken: 'refused' })).toThrow(
      /^There is no operation "getOnetimeToken"\. Choose from: getBearerToken, getOneTimeToken, /,
    );
  });
});

describe('a resolver of your own', () => {
  it('answers with what it makes of the form', async () => {
    server.use(
      createNexudusAuthHandler('getBearerToken', ({ body }) => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: `${body.get('username')}` },
      })),
    );
    const { body } = await calls.getBearerToken();
    expect(body).toEqual({ error: 'invalid_grant', error_description: 'ada@lovelace.dev' });
  });

  it('is checked against the spec', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => logged.mockRestore());
    server.use(
      createNexudusAuthHandler('getOneTimeToken', () => ({
        status: 200,
        body: { WasSuccessful: true, Value: '', Status: 200, Message: null, Errors: null },
      })),
    );
    await expect(calls.getOneTimeToken()).rejects.toThrow('breaks the contract');
    expect(logged.mock.calls.flat().join()).toMatch(
      /The handler of getOneTimeToken .* returned 200, but its body breaks the contract: \/Value must/,
    );
  });

  it('or a fault takes the place of an example', async () => {
    server.use(createNexudusAuthHandler('getMediaToken', { fault: 'network-error' }, { once: true }));
    await expect(calls.getMediaToken()).rejects.toThrow();
    expect((await calls.getMediaToken()).status).toBe(200);
  });
});
