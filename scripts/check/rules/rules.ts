import type { Finding, FindingCode } from '../../cli/finding.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { runLimited, usualLimitMs } from '../../openapi/time-limit.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { Matcher, MatchingRules } from '../../pact/matching-rules.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import {
  type MatchedInteraction,
  matchInteraction,
  type Remark,
  readSpecModel,
  type SpecModel,
} from './interaction.ts';

/**
 * A check of an interaction against its operation, and the code of its findings. It also receives all interactions of
 * the same operation.
 */
export type Check = readonly [
  FindingCode,
  (matched: MatchedInteraction, others: readonly MatchedInteraction[]) => Remark[],
];

/**
 * Checks every interaction of some pacts against a spec and returns the findings. A check that throws, and an
 * interaction that the spec has no operation for, is a finding of code `pact.unchecked`.
 */
export function checkInteractions(
  { document }: Spec,
  pacts: readonly PactDocument[],
  checks: readonly Check[],
): Finding[] {
  const model = readSpecModel(document);
  return pacts.flatMap((pact) => checkPact(pact, model, checks));
}

function checkPact(document: PactDocument, model: SpecModel, checks: readonly Check[]): Finding[] {
  const all = readInteractions(document.pact).map((interaction) => ({
    interaction,
    matched: matchInteraction(model, interaction),
  }));
  const found = all.flatMap(({ matched }) => matched ?? []);
  return all.flatMap(({ interaction, matched }) =>
    matched === undefined
      ? [toUnchecked(interaction, document, describeUnknown(interaction))]
      : checkMatched(matched, found, document, checks),
  );
}

function describeUnknown({ request: { method, path } }: HttpInteraction): string {
  const what = `${method.toUpperCase()} ${path}`;
  return `the spec has no operation for ${what}. Correct the request in the consumer test, or add the operation to the spec.`;
}

function checkMatched(
  matched: MatchedInteraction,
  all: readonly MatchedInteraction[],
  document: PactDocument,
  checks: readonly Check[],
): Finding[] {
  const others = all.filter(({ place }) => place.pointer === matched.place.pointer);
  const { description, pointer: parent } = matched.interaction;
  try {
    const remarks = runLimited(() =>
      checks.flatMap(([code, check]) => check(matched, others).map((remark) => ({ code, ...remark }))),
    );
    return remarks.map(({ code, message, pointer, severity }) => ({
      code,
      severity: severity ?? 'error',
      message: `"${description}": ${message}`,
      at: document.locate(`${parent}${pointer}`),
    }));
  } catch (error) {
    return [toUnchecked(matched.interaction, document, explainError(matched.interaction, error))];
  }
}

/**
 * Creates the finding that an interaction cannot be checked.
 *
 * @param reason the end of the sentence
 */
export function toUnchecked(
  { description, pointer }: HttpInteraction,
  { locate }: PactDocument,
  reason: string,
): Finding {
  return {
    code: 'pact.unchecked',
    severity: 'error',
    message: `"${description}" cannot be checked: ${reason}`,
    at: locate(pointer),
  };
}

/**
 * Says why the check of an interaction broke down, from what it threw.
 */
export function explainError(interaction: HttpInteraction, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? describeLimit(interaction) : message;
}

function describeLimit({ request, response }: HttpInteraction): string {
  const patterns = [request, response].flatMap(({ rules }) => listPatterns(rules));
  const hint =
    patterns.length === 0
      ? 'A regular expression of the spec backtracks too much on its values.'
      : `Simplify its regular expressions: ${patterns.slice(0, 5).map(shorten).join(', ')}.`;
  return `the check did not end within ${usualLimitMs / 1000} s. ${hint}`;
}

function shorten(pattern: string): string {
  const shown = JSON.stringify(pattern);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}

function listPatterns({ path, query, header, body }: MatchingRules): string[] {
  const rules = [path, ...Object.values(query), ...Object.values(header), ...body.map(({ rule }) => rule)];
  const matchers = rules.flatMap((rule): readonly Matcher[] => rule?.matchers ?? []);
  return [...new Set(matchers.flatMap(({ regex }) => regex ?? []))];
}
