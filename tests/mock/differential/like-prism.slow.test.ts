import fastCheck from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAnswers, nameAnswer } from '../../../scripts/openapi/answers.ts';
import { answerDifferences, conditionDifference } from './answer-differences.ts';
import { anyRequest } from './any-request.ts';
import { type Difference, type Exchanged, explains, findDifferingParts } from './difference.ts';
import { exchange } from './exchange.ts';
import { fatalDifferences } from './fatal-differences.ts';
import { listRequests, preferByHeader } from './listed-requests.ts';
import { matchingRequests } from './matching-requests.ts';
import { askBoth, openSides, readDocument, type Sides } from './open-sides.ts';

/** How many generated requests are sent to each mock: `DIFFERENTIAL_REQUESTS`, or 2000. */
const requests = Number(process.env.DIFFERENTIAL_REQUESTS ?? 2000);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20_261_124);
const atOnce = 8;

const document = await readDocument();
let sides: Sides;

beforeAll(async () => {
  sides = await openSides();
}, 120_000);
afterAll(() => sides[Symbol.asyncDispose]());

/** The parts of two answers that no entry of the table accounts for. */
function findUnexplained(exchanged: Exchanged, differences: readonly Difference[]): string[] {
  return findDifferingParts(exchanged.ofPrism, exchanged.ofMock).filter(
    (part) => !differences.some((difference) => explains(difference, part, exchanged)),
  );
}

describe.each([
  ['without x-match', () => sides.plainMock, answerDifferences],
  ['as it is', () => sides.ownMock, [...answerDifferences, conditionDifference]],
] as const)('the mock of the spec %s answers as plain Prism', (_, mock, differences) => {
  it.each(listRequests(document))('when asked for %s', async (_title, request) => {
    const exchanged = await askBoth(sides.prism, mock(), request);
    expect(exchanged.ofMock).toMatchObject({ status: expect.any(Number) });
    expect(findUnexplained(exchanged, differences), JSON.stringify(exchanged)).toEqual([]);
  });

  it('when asked anything, but for the listed differences', async () => {
    const survivable = anyRequest.filter(
      (request) => !fatalDifferences.some(({ concerns }) => concerns(request)),
    );
    const batch = fastCheck.array(survivable, { minLength: atOnce, maxLength: atOnce });
    const property = fastCheck.asyncProperty(batch, async (all) => {
      const exchanged = await Promise.all(all.map((request) => askBoth(sides.prism, mock(), request)));
      const unexplained = exchanged.map((one) => ({ parts: findUnexplained(one, differences), ...one }));
      expect(unexplained.filter(({ parts }) => parts.length > 0)).toEqual([]);
    });
    await fastCheck.assert(property, { numRuns: Math.ceil(requests / atOnce), seed });
    expect(sides.prism.isAlive()).toBe(true);
  }, 600_000);
});

describe('a request that meets x-match is answered as Prism answers one that prefers the same', () => {
  const conditional = listAnswers(document).filter(({ condition }) => condition !== undefined);

  it('and there is one for each answer that has x-match', () => {
    expect(Object.keys(matchingRequests)).toEqual(conditional.map(nameAnswer));
  });

  it.each(Object.entries(matchingRequests))('%s', async (name, request) => {
    const answer = conditional.find((one) => nameAnswer(one) === name);
    if (answer === undefined) {
      throw new Error(`The spec has no answer ${name} with x-match.`);
    }
    const preferring = preferByHeader(request, answer);
    const ofPrism = await exchange(sides.prism.url, preferring);
    const ofMock = await exchange(sides.ownMock.url, request);
    expect(ofMock).toMatchObject({ status: Number(answer.status) });
    expect(findUnexplained({ request: preferring, ofPrism, ofMock }, answerDifferences)).toEqual([]);
  });
});
