import { type ContractConfig, defineContract } from 'openapi-contract-kit/config';

const invalid = 'no-token-of-a-contract-test';
// One refresh token lives per client_id, and a sign-in without a client_id has the e-mail address as its own.
const signsOut = 'it can end other sessions of the customer, whose refresh token it invalidates';
const signIn = { username: '{NEXUDUS_USERNAME}', password: '{NEXUDUS_PASSWORD}' };

const config: ContractConfig = defineContract({
  spec: 'openapi/nexudus-auth.yaml',
  generated: 'generated',
  consumer: 'nexudus-portal',
  provider: 'nexudus-api',
  pacts: 'contracts/pacts',
  consumerTests: { project: 'contracts' },
  // The second has no Node.js types: what ships to browsers must compile without them. The third is the example.
  typeCheck: ['tsconfig.json', 'src/tsconfig.json', 'examples/authenticated-link/tsconfig.json'],
  workflows: ['openapi/nexudus-auth.arazzo.yaml'],
  lint: { config: 'redocly.yaml', beside: ['nexudus-auth.arazzo.yaml', 'mock-admin.yaml'] },
  verify: {
    baseUrlExample: 'https://your-space.spaces.nexudus.com',
    variables: {
      NEXUDUS_BEARER_TOKEN: { purpose: 'media tokens and one-time tokens' },
      NEXUDUS_USERNAME: { purpose: 'sign-ins, with --allow-writes' },
      NEXUDUS_PASSWORD: { purpose: 'sign-ins, with --allow-writes' },
      NEXUDUS_TOTP: { purpose: 'sign-ins of a customer who has 2FA on, with --allow-writes' },
      NEXUDUS_CLIENT_ID: { purpose: 'a refresh, with --allow-writes' },
      NEXUDUS_REFRESH_TOKEN: { purpose: 'a refresh, with --allow-writes' },
      NEXUDUS_ONE_TIME_JWT: { purpose: 'an exchange, with --allow-writes' },
      NEXUDUS_ONE_TIME_TOKEN: { purpose: 'the redirect to a server-rendered page' },
      NEXUDUS_MEDIA_TOKEN: { purpose: 'an invoice as a PDF' },
      NEXUDUS_INVOICE_ID: { purpose: 'an invoice as a PDF', isPublic: true },
    },
    // The other states are nobody's to provoke, such as a one-time token that fails, or are discriminated by nothing
    // that a client can send.
    states: [
      {
        state: 'a customer can sign in with a password',
        replace: { form: signIn },
        excludes: 'NEXUDUS_TOTP',
        writes: signsOut,
      },
      {
        state: 'a customer has 2FA on and knows the code',
        replace: { form: { ...signIn, totp: '{NEXUDUS_TOTP}' } },
        spends: 'NEXUDUS_TOTP',
        writes: signsOut,
      },
      {
        state: 'a customer has 2FA on',
        replace: { form: signIn },
        needs: 'NEXUDUS_TOTP',
        harmless: { getBearerToken: ['grant_type', 'username', 'password'] },
      },
      {
        state: "the customer's password is another one",
        replace: { form: { username: '{NEXUDUS_USERNAME}', password: invalid } },
        writes: 'wrong passwords may lock the account',
      },
      {
        state: 'a sign-in names no grant type',
        harmless: { getBearerToken: ['username', 'password'] },
      },
      {
        state: 'a session can be refreshed',
        replace: {
          headers: { client_id: '{NEXUDUS_CLIENT_ID}' },
          form: { refresh_token: '{NEXUDUS_REFRESH_TOKEN}' },
        },
        spends: 'NEXUDUS_REFRESH_TOKEN',
        writes: 'it spends the refresh token',
      },
      {
        state: 'the refresh token is spent',
        replace: { form: { refresh_token: invalid } },
        harmless: { getBearerToken: ['grant_type', 'refresh_token'] },
      },
      {
        state: 'a customer is signed in',
        replace: { headers: { authorization: 'Bearer {NEXUDUS_BEARER_TOKEN}' } },
        // It issues a token, and leaves all others as they are.
        harmless: { getOneTimeToken: [] },
      },
      {
        state: 'the bearer token is expired',
        replace: { headers: { authorization: `Bearer ${invalid}` } },
        harmless: { getOneTimeToken: [] },
      },
      {
        state: 'a one-time token is issued',
        replace: { query: { t: '{NEXUDUS_ONE_TIME_TOKEN}' } },
        spends: 'NEXUDUS_ONE_TIME_TOKEN',
      },
      { state: 'the one-time token is used', replace: { query: { t: invalid } } },
      {
        state: 'a one-time JWT can be exchanged',
        replace: { query: { token: '{NEXUDUS_ONE_TIME_JWT}' } },
        spends: 'NEXUDUS_ONE_TIME_JWT',
        writes: 'it spends the one-time JWT',
      },
      {
        state: 'the customer has the invoice 1024',
        replace: {
          path: '/api/public/billing/invoices/{NEXUDUS_INVOICE_ID}/pdf',
          query: { t: '{NEXUDUS_MEDIA_TOKEN}' },
        },
      },
      { state: 'the media token is expired', replace: { query: { t: invalid } } },
    ],
  },
  gates: {
    // Spec and consumer are of one team here: what one leaves open, the other can close.
    severities: {
      'pact.breaks-spec': 'error',
      'pact.empty': 'error',
      'pact.refused-by-mock': 'error',
      'pact.relies-on-optional': 'error',
      'pact.sends-undocumented': 'error',
      'pact.unknown-state': 'error',
      'pact.wrong-credentials': 'error',
      'spec.lacks-example': 'error',
      'spec.looser-than-pact': 'error',
    },
    own: [
      {
        name: 'package-version',
        subject: 'package',
        standard: 'spec',
        after: 'spec-version',
        load: () => import('./contracts/gates/package-version.ts'),
      },
      {
        name: 'urls-against-mock',
        subject: 'URL builders',
        standard: 'mock',
        after: 'client-against-mock',
        load: () => import('./contracts/gates/urls-against-mock.ts'),
      },
      {
        name: 'source-lint',
        subject: 'source',
        standard: 'rules',
        load: () => import('./contracts/gates/source-lint.ts'),
      },
    ],
  },
});

export default config;
