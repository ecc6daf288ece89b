import type { Context, Script } from 'node:vm';

/** What works with one interaction of a pact takes milliseconds, on a busy machine too. */
export const usualLimitMs = 5000;

// A regular expression that backtracks without end can be interrupted in a script of node:vm, or in a thread; and a
// thread would have to be sent, and to load, all that is worked with.
const sandbox: { action?: () => unknown } = {};
let script: Script | undefined;
let realm: Context | undefined;

/**
 * Runs a function that may never end, since it works with expressions and values of others.
 *
 * @param action synchronous; when it is interrupted, its `catch` and `finally` are not run
 * @param limitMs default: five seconds
 * @throws what the function throws, and an error of code `ERR_SCRIPT_EXECUTION_TIMEOUT` after that time
 */
export function runLimited<Result>(action: () => Result, limitMs: number = usualLimitMs): Result {
  const vm = process.getBuiltinModule('node:vm');
  script ??= new vm.Script('action()');
  realm ??= vm.createContext(sandbox);
  sandbox.action = action;
  return script.runInContext(realm, { timeout: limitMs }) as Result;
}

// With one quantifier, an expression takes as many steps as a text has characters, or their square.
const repeatsTwice = /[*+{].*[*+{]|\)[*+{]/s;

/**
 * Tells whether a document has a pattern that can take very long on some texts: one that repeats in two places, or a group.
 */
export function hasSlowPattern(node: unknown, met: Set<unknown> = new Set()): boolean {
  if (typeof node !== 'object' || node === null || met.has(node)) {
    return false;
  }
  met.add(node);
  return Object.entries(node).some(([key, value]) => {
    const patterns =
      key === 'patternProperties' && typeof value === 'object' ? Object.keys(value ?? {}) : [value];
    return (
      (/^pattern(?:Properties)?$/.test(key) &&
        patterns.some((pattern) => typeof pattern === 'string' && repeatsTwice.test(pattern))) ||
      hasSlowPattern(value, met)
    );
  });
}
