import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type Answer, type RawRequest, toProblemAnswer } from '../../../scripts/http/message.ts';
import { askPrism } from '../../../scripts/mock/engine/answer.ts';
import { loadKeyReader, type Prepared } from '../../../scripts/mock/engine/key.ts';
import { createPrism } from '../../../scripts/mock/engine/prism.ts';
import { rememberAnswers } from '../../../scripts/mock/engine/remember.ts';
import { Call, type Preference } from '../../../scripts/mock/engine/request.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { createDraw, listChangedRequests } from './changed-requests.ts';

/** What came of asking for the same answers in both ways. */
export interface Comparison {
  requests: number;
  /** How many of them Prism finds nothing wrong with. */
  valid: number;
  /** How many were answered without Prism. */
  answeredFast: number;
  /** Each request that was answered in two ways. */
  differences: { request: string; fast: Answer; slow: Answer }[];
}

interface ComparisonSettings {
  /** How many changed requests there are of each that is valid. */
  changes: number;
  seed?: number;
  more?: readonly RawRequest[];
  prepared?: Prepared | undefined;
}

/** Reads a document that has to be readable. */
export async function readDocument(file: string): Promise<Oas3_1Definition> {
  const { spec, findings } = await readSpec(file);
  if (spec === undefined) {
    throw new Error(`${file}: ${findings[0]?.message}`);
  }
  return spec.document;
}

/**
 * Asks all that was thought of for a document twice, once what is remembered and once Prism.
 *
 * Everything is asked for before: a request that is taken for valid by mistake gets the answer of a valid one.
 */
export async function compareWays(
  document: Oas3_1Definition,
  { changes, seed = 1, more = [], prepared }: ComparisonSettings,
): Promise<Comparison> {
  const prism = createPrism(document);
  const askSlowly = async (call: Call): Promise<Answer> => {
    try {
      const asked = call.read();
      const answer = await askPrism(prism, asked);
      return { ...answer, choice: asked.choice };
    } catch (error) {
      return toProblemAnswer(error);
    }
  };
  let asked = 0;
  const askFast = rememberAnswers(
    async (call) => {
      asked += 1;
      return { answer: await askSlowly(call), isMadeUp: false };
    },
    () => loadKeyReader(document, prism.operations, prepared),
    { maxAnswers: 100_000 },
  );
  // With a preference, the same bytes alone are no reason for the same answer.
  const askByKey = (call: Call): Promise<Answer> => askFast(call, readPreference(call));
  const requests = [...listChangedRequests(document, changes, createDraw(seed)), ...more];
  for (const request of requests) {
    await askByKey(new Call(request));
  }
  asked = 0;
  const comparison: Comparison = { requests: requests.length, valid: 0, answeredFast: 0, differences: [] };
  for (const request of requests) {
    const before = asked;
    const fast = await askByKey(new Call(request));
    const slow = await askSlowly(new Call(request));
    comparison.valid += isValid(slow) ? 1 : 0;
    comparison.answeredFast += asked === before ? 1 : 0;
    if (toText(fast) !== toText(slow)) {
      comparison.differences.push({ request: describe(request), fast, slow });
    }
  }
  return comparison;
}

function readPreference(call: Call): Preference | undefined {
  try {
    return call.read().preference;
  } catch {
    return undefined;
  }
}

function isValid({ choice, violations = [] }: Answer): boolean {
  return choice !== undefined && !violations.some(({ location: [side] }) => side === 'request');
}

function toText({ status, headers, body, violations, choice, value }: Answer): string {
  return JSON.stringify([status, headers, body, violations, choice, value]);
}

function describe(request: RawRequest): string {
  return JSON.stringify({ ...request, body: request.body.toString() }).slice(0, 1000);
}
