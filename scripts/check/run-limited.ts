import { createContext, Script } from 'node:vm';
import type { Finding } from '../finding.ts';
import type { Matcher, MatchingRules } from '../pact/matching-rules.ts';
import type { HttpInteraction } from '../pact/read-interactions.ts';
import type { PactDocument } from '../pact/read-pact.ts';

// The check of an interaction takes milliseconds, on a busy machine too.
const limitMs = 5000;

// A regular expression that backtracks without end can be interrupted in a script of node:vm, or in a thread; and a
// thread would have to be sent, and to load, all that an interaction is checked with.
const sandbox: { action?: () => unknown } = {};
const script = new Script('action()');
const realm = createContext(sandbox);

/**
 * Runs a function that may never end, since it works with expressions and values of others.
 *
 * @param action synchronous; when it is interrupted, its `catch` and `finally` are not run
 * @throws what the function throws, and an error of code `ERR_SCRIPT_EXECUTION_TIMEOUT` after five seconds
 */
export function runLimited<Result>(action: () => Result): Result {
  sandbox.action = action;
  return script.runInContext(realm, { timeout: limitMs }) as Result;
}

/**
 * Makes the finding that an interaction could not be checked, from what its check threw.
 */
export function toUnchecked(interaction: HttpInteraction, { locate }: PactDocument, error: unknown): Finding {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? describeLimit(interaction) : message;
  return {
    code: 'pact.unchecked',
    severity: 'error',
    message: `"${interaction.description}": it cannot be checked: ${reason}`,
    at: locate(interaction.pointer),
  };
}

function describeLimit({ request, response }: HttpInteraction): string {
  const patterns = [request, response].flatMap(({ rules }) => listPatterns(rules));
  const hint =
    patterns.length === 0
      ? 'A regular expression of the spec backtracks too much on its values.'
      : `Simplify its regular expressions: ${patterns.slice(0, 5).map(shorten).join(', ')}.`;
  return `the check did not end within ${limitMs / 1000} s. ${hint}`;
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
