import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import type { Pact } from '../../../scripts/pact/pact.ts';
import { readPact } from '../../../scripts/pact/read-pact.ts';
import { planReplays } from '../../../scripts/verify/live/plan.ts';
import { liveStates } from '../make-documents.ts';

const { document } = readPact('contracts/pacts/nexudus-portal-nexudus-api.json');
const committed = document?.pact ?? expect.fail('the pact cannot be read');
const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const provider = spec?.document ?? expect.fail('the spec cannot be read');

const all = {
  NEXUDUS_BEARER_TOKEN: 'b',
  NEXUDUS_USERNAME: 'u',
  NEXUDUS_PASSWORD: 'p',
  NEXUDUS_CLIENT_ID: 'c',
  NEXUDUS_REFRESH_TOKEN: 'r',
  NEXUDUS_MEDIA_TOKEN: 'm',
  NEXUDUS_INVOICE_ID: '7 8',
  NEXUDUS_ONE_TIME_TOKEN: 'o',
  NEXUDUS_ONE_TIME_JWT: 'j',
};

const pactOf = (path: string, ...names: string[]): Pact => ({
  ...committed,
  interactions: [
    {
      description: 'a request',
      providerStates: names.map((name) => ({ name })),
      request: { method: 'GET', path },
      response: { status: 200 },
    },
  ],
});

function plan(
  env: Record<string, string>,
  settings: { allowWrites?: boolean; states?: string[]; pact?: Pact } = {},
) {
  const { pact = committed, ...others } = settings;
  const { replays, leftOut } = planReplays(pact, {
    document: provider,
    liveStates,
    allowWrites: false,
    ...others,
    env,
  });
  return {
    replayed: replays.map(({ interaction }) => interaction.states.join()),
    replacements: replays.map(({ replacement }) => replacement),
    reasons: Object.fromEntries(
      leftOut.map(({ interaction, reason }) => [interaction.states.join(), reason]),
    ),
  };
}

describe('planReplays', () => {
  it('needs no credentials to be refused', () => {
    expect(new Set(plan({}).replayed)).toEqual(
      new Set([
        'the one-time token is used',
        'the media token is expired',
        'the refresh token is spent',
        'the bearer token is expired',
        'a sign-in names no grant type',
      ]),
    );
  });

  it('changes nothing for the customer unless told to', () => {
    const writing = liveStates.flatMap(({ state, writes }) => (writes === undefined ? [] : [state]));
    expect(plan(all).replayed.filter((state) => writing.includes(state))).toEqual([]);
    expect(plan(all).reasons['a session can be refreshed']).toBe(
      'it spends the refresh token; --allow-writes replays it',
    );
    const replayed = [all, { ...all, NEXUDUS_TOTP: '123456' }].flatMap(
      (env) => plan(env, { allowWrites: true }).replayed,
    );
    expect(replayed).toEqual(expect.arrayContaining(writing));
  });

  it.each([
    ['a customer is signed in', {}, 'NEXUDUS_BEARER_TOKEN is not set'],
    ['a customer is signed in', { NEXUDUS_BEARER_TOKEN: ' ' }, 'NEXUDUS_BEARER_TOKEN is not set'],
    ['a customer can sign in with a password', {}, 'NEXUDUS_USERNAME and NEXUDUS_PASSWORD are not set'],
    [
      'a customer can sign in with a password',
      { ...all, NEXUDUS_TOTP: '123456' },
      'NEXUDUS_TOTP is set, and it applies only without that',
    ],
    ['a customer has 2FA on', all, 'NEXUDUS_TOTP is not set'],
    [
      'one-time tokens fail under HTTP 200',
      all,
      'verify.states of contract.config.ts does not list its provider state',
    ],
  ])('says why it leaves out an interaction where %s', (state, env, reason) => {
    expect(plan(env, { allowWrites: true }).reasons[state]).toBe(reason);
  });

  it('takes the sign-ins of a customer who has 2FA on, given the code', () => {
    const { replayed } = plan({ ...all, NEXUDUS_TOTP: '123456' }, { allowWrites: true });
    expect(replayed).toEqual(
      expect.arrayContaining(['a customer has 2FA on and knows the code', 'a customer has 2FA on']),
    );
  });

  it('sends no one-time token to the portal, which is another server', () => {
    const reasons = plan(all, { pact: pactOf('/login', 'a one-time token is issued') }).reasons;
    expect(reasons['a one-time token is issued']).toBe('/login is not on the host of the API');
  });

  it('spends a one-time token on one interaction', () => {
    const { interactions, ...pact } = pactOf('/user/login', 'a one-time token is issued');
    const twice = { ...pact, interactions: [...interactions, ...interactions] };
    const { replayed, reasons } = plan(all, { pact: twice });
    expect(replayed).toHaveLength(1);
    expect(Object.values(reasons)).toEqual(['NEXUDUS_ONE_TIME_TOKEN can be used only once']);
  });

  it.each([[[]], [['a customer is signed in', 'the moon is full']]])(
    'leaves out an interaction in the states %j, which do not tell what it needs',
    (states) => {
      const { reasons } = plan(all, { pact: pactOf('/', ...states) });
      expect(Object.values(reasons)).toEqual([
        expect.stringContaining('it needs exactly one provider state'),
      ]);
    },
  );

  it('takes only the states that it is told to', () => {
    const { replayed, reasons } = plan(all, { states: ['a customer is signed in', 'a customer has 2FA on'] });
    expect(new Set(replayed)).toEqual(new Set(['a customer is signed in']));
    expect(Object.keys(reasons)).toEqual(['a customer has 2FA on']);
  });

  it('fills in the values of the environment, without the white space around them', () => {
    const [replacement] = plan(
      { ...all, NEXUDUS_MEDIA_TOKEN: ' m\n' },
      { states: ['the customer has the invoice 1024'] },
    ).replacements;
    expect(replacement).toMatchObject({ path: '/api/public/billing/invoices/7%208/pdf', query: { t: 'm' } });
  });

  it('leaves out an invoice whose number would lead to another path', () => {
    const { reasons } = plan({ ...all, NEXUDUS_INVOICE_ID: '../../admin' });
    expect(reasons['the customer has the invoice 1024']).toBe(
      'a server could resolve /api/public/billing/invoices/../../admin/pdf to another path',
    );
  });

  it('knows states of the spec only', async () => {
    const named = new Set(
      committed.interactions.flatMap(({ providerStates = [] }) => providerStates.map(({ name }) => name)),
    );
    expect(liveStates.filter(({ state }) => !named.has(state))).toEqual([]);
  });
});

describe('planReplays, with a variable for each security scheme,', () => {
  const shop = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    security: [{ key: [] }],
    paths: {
      '/orders': { get: { responses: { 200: {}, 401: {} } } },
      '/search': { get: { security: [{ other: [] }, { inQuery: [] }], responses: { 200: {} } } },
      '/account': { get: { security: [{ basic: [] }], responses: { 200: {} } } },
      '/session': { get: { security: [{ cookie: [], token: [] }], responses: { 200: {} } } },
      '/news': { get: { security: [], responses: { 200: {} } } },
      '/stock': { get: { security: [{ other: [] }], responses: { 200: {} } } },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        inQuery: { type: 'apiKey', in: 'query', name: 'k' },
        basic: { type: 'http', scheme: 'basic' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
        token: { type: 'oauth2', flows: {} },
        other: { type: 'http', scheme: 'bearer' },
      },
    },
  } as unknown as typeof provider;
  const env = { KEY: 'k1', USER: 'ada:s3cret', SID: 's1', TOKEN: 't1' };
  const credentials = { key: 'KEY', inQuery: 'KEY', basic: 'USER', cookie: 'SID', token: 'TOKEN' };
  const planFor = (path: string, status = 200, liveEnv: Record<string, string> = env) => {
    const { interactions, ...pact } = pactOf(path);
    const one = { ...interactions[0], response: { status } } as (typeof interactions)[number];
    const { replays, leftOut } = planReplays(
      { ...pact, interactions: [one] },
      { document: shop, liveStates: [], credentials, allowWrites: false, env: liveEnv },
    );
    return replays[0]?.replacement ?? leftOut[0]?.reason;
  };

  it.each([
    ['/orders', { headers: { 'x-key': 'k1' }, query: {} }],
    ['/search', { headers: {}, query: { k: 'k1' } }],
    ['/account', { headers: { authorization: `Basic ${btoa('ada:s3cret')}` }, query: {} }],
    ['/session', { headers: { cookie: 'sid=s1', authorization: 'Bearer t1' }, query: {} }],
    ['/news', { headers: {}, query: {} }],
  ])(
    'replays %s without a state, with the credentials of the first alternative that has them',
    (path, expected) => {
      expect(planFor(path)).toMatchObject(expected);
    },
  );

  it('sends no credentials of a scheme without a variable', () => {
    expect(planFor('/stock')).toMatchObject({ headers: {}, query: {} });
  });

  it('leaves out what needs a variable that is not set', () => {
    expect(planFor('/orders', 200, {})).toBe('KEY is not set');
  });

  it('leaves out a refusal without a state: good credentials would not be refused', () => {
    expect(planFor('/orders', 401)).toMatch('it needs exactly one provider state');
  });
});
