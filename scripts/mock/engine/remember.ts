import type { Answer } from '../../http/message.ts';
import type { KeyReader } from './key.ts';
import type { Parts } from './library.ts';
import type { Call, Preference } from './request.ts';

/** Answers a call, as it is preferred to: the preference wins over the client's own. */
export type Ask = (call: Call, preference?: Preference) => Promise<Answer>;

/** An answer, and whether it has values that are made up anew for each request. */
export interface AskedAnswer {
  answer: Answer;
  /** Default: false. */
  isMadeUp?: boolean;
}

/** How much is remembered. */
export interface MemoSettings {
  /** Default: 1000. What was not asked for lately is forgotten. */
  maxAnswers?: number;
}

// Accept is as long as a client likes.
const maxKeyLength = 1024;

/**
 * Remembers answers by all that they depend on: the mock has no state.
 *
 * The last answer to a method, a target and a body is found again where the headers are the same, too: who asks again and
 * again is answered without a look at what the request says.
 *
 * Not remembered is what a request wants made up, which is another every time, and what has no key. Where the key says
 * that a request is valid and the answer says that it isn't, the answer is right.
 *
 * @param loadReader called with the first request
 */
export function rememberAnswers(
  ask: (...asked: Parameters<Ask>) => Promise<AskedAnswer>,
  loadReader: () => Promise<KeyReader>,
  { maxAnswers = 1000 }: MemoSettings = {},
): Ask {
  const answers = createBoundedMap<Answer>(maxAnswers);
  const last = createBoundedMap<{ call: Call; answer: Answer }>(maxAnswers);
  let loading: Promise<KeyReader> | undefined;
  let reader: KeyReader | undefined;
  const askByKey = async (call: Call, preference: Preference | undefined): Promise<AskedAnswer> => {
    loading ??= loadReader();
    reader ??= await loading;
    const key = reader.readKey(call, preference);
    if (key === undefined || key.length > maxKeyLength) {
      return ask(call, preference);
    }
    const known = answers.get(key);
    if (known !== undefined) {
      return { answer: known };
    }
    const asked: AskedAnswer = reader.findPrepared(key) ?? (await ask(call, preference));
    const { answer, isMadeUp = false } = asked;
    if (!isMadeUp && !(answer.violations ?? []).some(({ location: [side] }) => side === 'request')) {
      answers.set(key, answer);
    }
    return asked;
  };
  return async (call, preference) => {
    if (preference !== undefined || call.body.length > maxBodyBytes) {
      return (await askByKey(call, preference)).answer;
    }
    const text = `${call.method} ${call.target}\n${call.body.toString('latin1')}`;
    const known = last.get(text);
    if (known !== undefined && isSame(known.call.headers, call.headers)) {
      call.takeOver(known.call);
      return known.answer;
    }
    const { answer, isMadeUp = false } = await askByKey(call, preference);
    if (!isMadeUp && (answer.violations?.length ?? 0) <= maxViolations) {
      last.set(text, { call, answer });
    }
    return answer;
  };
}

// A list of them can take much memory, and so can a body.
const maxViolations = 100;
const maxBodyBytes = 16 * 1024;

function isSame(headers: Call['headers'], others: Call['headers']): boolean {
  const names = Object.keys(headers);
  return (
    names.length === Object.keys(others).length &&
    // A list, as of cookies that are set, is no text.
    names.every((name) => typeof headers[name] === 'string' && headers[name] === others[name])
  );
}

/** Values by text, only so many of them. */
export interface BoundedMap<Value> {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
}

/**
 * Makes a map that forgets what was not asked for, or set, for a while: it keeps at least the last half of what it may.
 *
 * Two generations, of which the older is forgotten when the younger is half of all: to ask for a value writes nothing
 * as a rule, where an order of use would be written anew each time.
 *
 * @param maxEntries an even number from 2 on
 */
export function createBoundedMap<Value extends {}>(maxEntries: number): BoundedMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    if (young.size >= maxEntries / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get: (key) => {
      const known = young.get(key);
      if (known !== undefined) {
        return known;
      }
      const value = old.get(key);
      if (value !== undefined) {
        set(key, value);
      }
      return value;
    },
    set,
  };
}

// What is remembered of each part.
const maxEntries = 1000;

type Violations = ReturnType<Parts['validateOutput']>;

/**
 * Has parts of Prism remember what they give for one list of operations, each by all that it depends on. What depends
 * on the whole request, the validation of it, is done every time.
 */
export function rememberParts(parts: Parts): Parts {
  return {
    route: rememberRoutes(parts.route),
    mock: rememberRenderings(parts.mock),
    validateOutput: rememberViolations(parts.validateOutput),
  };
}

function rememberRoutes(route: Parts['route']): Parts['route'] {
  const remember = createMemory<ReturnType<Parts['route']>>();
  return (options) => {
    const { method, url } = options.input;
    return remember(`${method} ${url.baseUrl ?? ''} ${url.path}`, () => route(options));
  };
}

// Of a valid request, Prism looks at nothing but Accept when it renders; what it makes up is another every time.
function rememberRenderings(mock: Parts['mock']): Parts['mock'] {
  const remember = createMemory<ReturnType<ReturnType<Parts['mock']>>>();
  return (options) => (logger) => {
    const { resource, input, config } = options;
    if (input.validations.length > 0 || config.dynamic) {
      return mock(options)(logger);
    }
    const codes = resource.responses.map(({ code }) => code);
    const accept = input.data.headers?.accept;
    const key = JSON.stringify([resource.method, resource.path, codes, config.exampleKey, accept]);
    return remember(key, () => mock(options)(logger));
  };
}

// A response that is remembered is the same object each time.
function rememberViolations(validateOutput: Parts['validateOutput']): Parts['validateOutput'] {
  const found = new WeakMap<object, Violations>();
  return (options) => {
    const violations = found.get(options.element) ?? validateOutput(options);
    found.set(options.element, violations);
    return violations;
  };
}

// Refusals are not remembered: there are as many as there are wrong requests.
function createMemory<Result extends { _tag: string }>(): (key: string, find: () => Result) => Result {
  const results = createBoundedMap<Result>(maxEntries);
  return (key, find) => {
    const known = results.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = find();
    if (found._tag === 'Right' && key.length <= maxKeyLength) {
      results.set(key, found);
    }
    return found;
  };
}
