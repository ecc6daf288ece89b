import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { createNexudusAuthClient } from '../../../src/index.ts';
import { fetchChecked } from './check-answer.ts';
import { createLedger } from './session-ledger.ts';
import { type Step, takeStep } from './session-steps.ts';

/** How many sequences are tried: `SESSION_RUNS`, or 200. */
const numRuns = Number(process.env.SESSION_RUNS ?? 200);

// Multiples of seven seconds: no life of a token is one, so that no call falls on the moment when a token expires.
const advances = [21, 49, 840, 21_000, 86_401, 604_800, 1_296_001];

const pick = { pick: fastCheck.nat(), isAnyKind: fastCheck.boolean() };
const client = fastCheck.constantFrom(undefined, 'portal', 'app');

const step: fastCheck.Arbitrary<Step> = fastCheck.oneof(
  fastCheck.record({
    name: fastCheck.constant('signIn'),
    client,
    totp: fastCheck.constantFrom(undefined, '492039', '111111'),
    has2FA: fastCheck.boolean(),
  }),
  { weight: 2, arbitrary: fastCheck.record({ name: fastCheck.constant('refresh'), client, ...pick }) },
  fastCheck.record({ name: fastCheck.constant('issueJwt') }),
  fastCheck.record({
    name: fastCheck.constant('exchange'),
    minutes: fastCheck.constantFrom(1, 10, 1440),
    ...pick,
  }),
  fastCheck.record({ name: fastCheck.constant('getOneTimeToken'), ...pick }),
  fastCheck.record({ name: fastCheck.constant('getMediaToken'), ...pick }),
  fastCheck.record({
    name: fastCheck.constantFrom('redirectToServerPage', 'redirectToPortal'),
    redirectUrl: fastCheck.constantFrom('/a', '/bookings?page=2'),
    ...pick,
  }),
  fastCheck.record({ name: fastCheck.constant('downloadInvoicePdf'), ...pick }),
  fastCheck.record({ name: fastCheck.constant('advance'), seconds: fastCheck.constantFrom(...advances) }),
);

describe('a mock that simulates', () => {
  it('answers any sequence of calls as a list of tokens would, and always as the spec has it', async () => {
    await using mock = await startMock({ simulate: true });
    const client = createNexudusAuthClient({ baseUrl: mock.url, fetch: fetchChecked });
    const outcomes = new Set<string>();
    const property = fastCheck.asyncProperty(
      fastCheck.array(step, { minLength: 5, maxLength: 30, size: 'max' }),
      async (steps) => {
        mock.reset();
        const context = { mock, client, ledger: createLedger() };
        for (const one of steps) {
          outcomes.add(await takeStep(context, one));
        }
      },
    );
    await fastCheck.assert(property, { numRuns, seed: 20_261_124 });
    // A property of refusals alone would prove little.
    expect([...outcomes].toSorted()).toEqual([
      'advance 0',
      'downloadInvoicePdf 200',
      'downloadInvoicePdf 401',
      'exchange 200',
      'exchange 401',
      'getMediaToken 200',
      'getMediaToken 401',
      'getOneTimeToken 200',
      'getOneTimeToken 401',
      'issueJwt 200',
      'redirectToPortal 302',
      'redirectToPortal 401',
      'redirectToServerPage 302',
      'redirectToServerPage 401',
      'refresh 200',
      'refresh 400',
      'signIn 200',
      'signIn 400',
    ]);
  });
});
