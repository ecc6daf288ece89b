import { SetupError } from './command.ts';
import { findingCodes } from './finding.ts';
import { askWhetherMeant, listNearWords } from './suggestion.ts';

/** Says what is wrong with a value of a config, or nothing. `at` is its place: `verify.states[3].spends`. */
type Shape = (value: unknown, at: string) => string | undefined;

/**
 * Refuses a config with a key that there is not, and with a value of the wrong type.
 *
 * @param name the config's file, as people type it
 * @throws {SetupError} with the place in the config, what was found and what was expected
 */
export function checkConfig(config: unknown, name: string): void {
  const problem = configShape(config, '') ?? findUnknownVariable(config as CheckedConfig);
  if (problem !== undefined) {
    throw new SetupError(`${name}: ${problem}`);
  }
}

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);

const expect = (what: string, holds: (value: unknown) => boolean): Shape => {
  return (value, at) =>
    holds(value) ? undefined : `${at || 'the default export'} is ${show(value)}, expected ${what}.`;
};

const text = expect('a text that is not empty', (value) => typeof value === 'string' && value !== '');
const flag = expect('true or false', (value) => typeof value === 'boolean');
const callable = expect('a function', (value) => typeof value === 'function');
const anObject = expect('an object', (value) => Object.prototype.toString.call(value) === '[object Object]');
const anArray = expect('a list', Array.isArray);

const oneOf = (...words: readonly string[]): Shape =>
  expect(`one of ${words.join(', ')}`, (value) => words.includes(value as string));

const listOf =
  (shape: Shape): Shape =>
  (value, at) =>
    anArray(value, at) ?? findFirst(value as unknown[], (one, index) => shape(one, `${at}[${index}]`));

const recordOf =
  (shape: Shape): Shape =>
  (value, at) =>
    anObject(value, at) ??
    findFirst(Object.entries(value as object), ([key, one]) => shape(one, `${at}.${key}`));

// A key that is `undefined` is missing, as in TypeScript without exactOptionalPropertyTypes.
const objectOf =
  (shapes: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape =>
  (value, at) => {
    const place = (key: string): string => (at === '' ? key : `${at}.${key}`);
    const known = Object.keys(shapes);
    return (
      anObject(value, at) ??
      findFirst(Object.entries(value as object), ([key, one]) => {
        if (!known.includes(key)) {
          const question = askWhetherMeant(listNearWords(key, known));
          return `${place(key)} is not a key of a config, expected one of ${known.join(', ')}.${question}`;
        }
        return one === undefined ? undefined : shapes[key]?.(one, place(key));
      }) ??
      findFirst(required, (key) =>
        (value as Record<string, unknown>)[key] === undefined
          ? `${place(key)} is missing. Add it.`
          : undefined,
      )
    );
  };

function findFirst<Value>(
  values: readonly Value[],
  find: (value: Value, index: number) => string | undefined,
): string | undefined {
  for (const [index, value] of values.entries()) {
    const found = find(value, index);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const texts = recordOf(text);

const liveState = objectOf(
  {
    state: text,
    replace: objectOf({ path: text, query: texts, headers: texts, form: texts }),
    needs: text,
    excludes: text,
    spends: text,
    writes: text,
    harmless: recordOf(listOf(text)),
  },
  ['state'],
);

const ownGate = objectOf({ name: text, subject: text, standard: text, after: text, load: callable }, [
  'name',
  'subject',
  'standard',
  'load',
]);

const ignoreRule = objectOf(
  { code: oneOf(...findingCodes), interaction: text, operation: text, reason: text },
  ['code', 'reason'],
);

const configShape = objectOf(
  {
    spec: text,
    overlays: listOf(text),
    allowRemoteRefs: flag,
    generated: text,
    validateFormats: flag,
    consumer: text,
    provider: text,
    pacts: text,
    states: texts,
    consumerTests: objectOf({ project: text, config: text }),
    typeCheck: listOf(text),
    workflows: listOf(text),
    lint: objectOf({ config: text, beside: listOf(text) }),
    verify: objectOf({
      baseUrlExample: text,
      variables: recordOf(objectOf({ purpose: text, isPublic: flag }, ['purpose'])),
      states: listOf(liveState),
      credentials: texts,
    }),
    gates: objectOf({
      own: listOf(ownGate),
      skip: listOf(text),
      severities: objectOf(
        Object.fromEntries(findingCodes.map((code) => [code, oneOf('error', 'warning', 'off')])),
      ),
      ignore: listOf(ignoreRule),
    }),
  },
  ['spec'],
);

interface CheckedConfig {
  verify?: {
    variables?: Record<string, unknown>;
    states?: { replace?: object; needs?: string; excludes?: string; spends?: string }[];
    credentials?: Record<string, string>;
  };
}

// Only variables of the config are masked.
function findUnknownVariable({
  verify: { variables = {}, states = [], credentials = {} } = {},
}: CheckedConfig): string | undefined {
  const known = Object.keys(variables);
  const explain = (place: string, unknown: string): string =>
    `${place} names the variable ${unknown}, expected one of verify.variables.` +
    `${askWhetherMeant(listNearWords(unknown, known))} Add it there, with its purpose.`;
  const ofStates = findFirst(states, ({ replace = {}, needs, excludes, spends }, index) => {
    const named = [needs, excludes, spends].filter((name) => name !== undefined);
    const unknown = [...listVariables(replace), ...named].find((name) => !known.includes(name));
    return unknown === undefined ? undefined : explain(`verify.states[${index}]`, unknown);
  });
  return (
    ofStates ??
    findFirst(Object.entries(credentials), ([scheme, name]) =>
      known.includes(name) ? undefined : explain(`verify.credentials.${scheme}`, name),
    )
  );
}

/**
 * Lists the variables that a replacement takes its values from.
 */
export function listVariables(replacement: object): string[] {
  return [...JSON.stringify(replacement).matchAll(/{(\w+)}/g)].map(([, name = '']) => name);
}
