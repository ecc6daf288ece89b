import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { answerDifferences, conditionDifference } from './answer-differences.ts';
import { type Difference, findDifferingParts, isSeen, type Sight } from './difference.ts';
import { exchange, type WireAnswer, type WireRequest } from './exchange.ts';
import { fatalDifferences } from './fatal-differences.ts';
import { openPrism, type PrismProcess } from './open-prism.ts';
import { askBoth, openSides, type Sides } from './open-sides.ts';
import { bookshop } from './request-parts.ts';

const patienceMs = 1000;

let sides: Sides;
let bookshopPrism: PrismProcess;
let bookshopMock: Mock;

beforeAll(async () => {
  sides = await openSides();
  bookshopPrism = await openPrism(bookshop);
  bookshopMock = await startMock({ specFile: bookshop });
}, 120_000);
afterAll(async () => {
  await Promise.all([
    sides[Symbol.asyncDispose](),
    bookshopPrism[Symbol.asyncDispose](),
    bookshopMock.close(),
  ]);
});

function findMock({ name, spec }: Difference): Mock {
  if (spec === bookshop) {
    return bookshopMock;
  }
  return name === conditionDifference.name ? sides.ownMock : sides.plainMock;
}

function cases(differences: readonly Difference[]): [string, Difference, WireRequest][] {
  return differences.flatMap((one) =>
    one.samples.map((sample): [string, Difference, WireRequest] => [one.name, one, sample]),
  );
}

function expectSeen(request: WireRequest, answer: WireAnswer, sight: Sight): void {
  expect(isSeen(request, answer, sight), JSON.stringify(answer).slice(0, 1000)).toBe(true);
}

describe('the mock differs from plain Prism on purpose', () => {
  it.each(cases([conditionDifference, ...answerDifferences]))('in %s', async (_, difference, request) => {
    const { spec, concerns, headers, prism, mock } = difference;
    expect(spec === bookshop || concerns(request)).toBe(true);
    const prismProcess = spec === bookshop ? bookshopPrism : sides.prism;
    const { ofPrism, ofMock } = await askBoth(prismProcess, findMock(difference), request);
    const parts = findDifferingParts(ofPrism, ofMock);
    const expected = parts.filter((part) => headers?.includes(part) ?? !part.startsWith('access-control-'));
    expect(expected).not.toEqual([]);
    expectSeen(request, ofPrism, prism.seen as Sight);
    expectSeen(request, ofMock, mock.seen);
  });

  it.each(cases(fatalDifferences))('in %s, which Prism does not survive', async (_, difference, request) => {
    const { spec, prism, mock } = difference;
    await using victim = await openPrism(spec ?? sides.plainSpec);
    expect(await exchange(victim.url, request, patienceMs)).toBe('none');
    if (prism.seen === 'dies') {
      await victim.ended;
    }
    expect(victim.isAlive()).toBe(prism.seen === 'hangs');
    expectSeen(request, await exchange(findMock(difference).url, request), mock.seen);
  });

  it('under names that are given once', () => {
    const names = [...answerDifferences, ...fatalDifferences].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
