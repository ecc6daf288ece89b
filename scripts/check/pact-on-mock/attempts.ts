import { readEssence } from '../../http/media-types.ts';
import { type DocumentedAnswer, formatPreference, isSentWith, nameStatuses } from '../../openapi/answers.ts';
import type { Interaction, RawMessage } from '../../pact/pact.ts';
import { findBodyType, type MatchedInteraction } from '../rules/interaction.ts';
import { explainExpectedBody } from '../rules/response.ts';
import type { Attempt } from './replay.ts';

/**
 * Lists how an interaction is tried on the mock. None where the spec documents no such status.
 *
 * In a state that the spec has, the mock returns the example of that state, and the interaction is held to it. Without
 * one, the mock's example is one of many: an interaction without matching rules is an example itself, and needs to fit
 * the schema only; with rules, values that have none may differ from the mock's.
 */
export function listAttempts(
  raw: Interaction,
  matched: MatchedInteraction,
  answers: readonly DocumentedAnswer[],
): Attempt[] {
  const { preferences, isInState, isShown } = listPreferences(matched, answers);
  const [first] = preferences;
  if (first === undefined) {
    return [];
  }
  const sendable = toSendable(raw, matched);
  const attempt = (
    preference: string,
    change: (one: Interaction) => Interaction = (one) => one,
  ): Attempt => ({
    preference,
    raw: change(sendable),
    isBare: false,
    isDoubtful: false,
    mayBeRefused: matched.isRequestInvalid === 'maybe',
  });
  const exact = preferences.map((preference) => attempt(preference));
  if (isInState) {
    return exact;
  }
  const { body, rules } = matched.interaction.response;
  const isLiteral = rules.body.length === 0 && Object.keys(rules.header).length === 0;
  const fits = explainExpectedBody(matched, body?.value) === undefined;
  const bare = { ...attempt(first, toBare), isBare: true, isDoubtful: isShown && !isLiteral };
  if (fits && (isLiteral || !isShown)) {
    return [bare];
  }
  const typed =
    rules.body.length === 0 ? [] : preferences.map((preference) => attempt(preference, compareByType));
  return [...exact, ...typed, ...(fits ? [bare] : [])];
}

interface Preferences {
  preferences: string[];
  isInState: boolean;
  /** Whether the spec shows a body, so that the mock makes none up. */
  isShown: boolean;
}

function listPreferences(
  { interaction, place, response }: MatchedInteraction,
  answers: readonly DocumentedAnswer[],
): Preferences {
  const {
    states,
    response: { status },
  } = interaction;
  const own = answers.filter((answer) => answer.place.pointer === place.pointer);
  const inState = own.filter(({ state }) => state !== undefined && states.includes(state));
  if (inState.length > 0) {
    const ofStatus = inState.filter((answer) => isSentWith(answer, status));
    // Another status than the expected one is for the verifier to tell.
    const found =
      ofStatus.length > 0
        ? ofStatus.map((answer) => ({ ...answer, status: String(status) }))
        : inState.slice(0, 1);
    // A body that the spec does not show is made up by the mock, state or no state.
    const isShown = response?.content === undefined || found.some(({ example }) => example !== undefined);
    return { preferences: found.map(formatPreference), isInState: isShown, isShown };
  }
  const { responses = {} } = place.operation;
  const name = nameStatuses(status).find((candidate) => Object.hasOwn(responses, candidate));
  if (name === undefined) {
    return { preferences: [], isInState: false, isShown: false };
  }
  const shown = own.filter((answer) => answer.status === name && answer.example !== undefined);
  const named = shown.filter(({ example }) => example?.name);
  const preferences = named.map((answer) => formatPreference({ ...answer, status: String(status) }));
  // Without a name, the mock takes a lone example, or makes a value up.
  const all = preferences.length > 0 ? preferences : [`code=${status}`];
  return { preferences: all, isInState: false, isShown: shown.length > 0 };
}

// Node.js and the verifier write these themselves, by what is sent.
const framing =
  /^(?:connection|content-length|expect|host|http2-settings|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** Writes an interaction so that the mock can be asked for it: below no base path, and for the type that it expects. */
function toSendable(
  raw: Interaction,
  { interaction, response, path, place }: MatchedInteraction,
): Interaction {
  const { request, response: expected } = interaction;
  const accept = request.headers.accept?.join(', ');
  const type = findBodyType(response?.content ?? {}, expected.body, accept);
  const wanted = type !== undefined && isConcrete(type) && isFree(accept, type) ? type : undefined;
  const isSent = request.body !== undefined && place.operation.requestBody !== undefined;
  const { body, ...others } = raw.request;
  const headers = {
    ...leaveOut(
      raw.request.headers,
      (name) => framing.test(name) || (wanted !== undefined && isNamed('accept', name)),
    ),
    ...(wanted === undefined ? {} : { Accept: wanted }),
    ...(isSent && request.headers['content-type'] === undefined
      ? { 'Content-Type': request.body?.contentType ?? request.body?.mediaType ?? '' }
      : {}),
  };
  const isRuled = expected.rules.header['content-type'] !== undefined;
  const isTyped = wanted !== undefined && !isRuled && expected.headers['content-type'] !== undefined;
  return {
    ...raw,
    request: { ...others, path, headers, ...(isSent ? { body } : {}) },
    response: {
      ...raw.response,
      headers: {
        ...leaveOut(raw.response.headers, (name) => !isRuled && isNamed('content-type', name)),
        ...(isTyped ? { 'Content-Type': wanted } : {}),
      },
    },
  };
}

// A parameter without a value makes a header of it that nothing can read.
const isConcrete = (type: string): boolean => /^[^*;]+(?:;[^*;=]+=[^*;=]+)*$/.test(type);
const isFree = (accept: string | undefined, type: string): boolean =>
  accept === undefined || accept.includes('*') || accept.toLowerCase().includes(readEssence(type));
const isNamed = (wanted: string, name: string): boolean => name.toLowerCase() === wanted;

function leaveOut(
  headers: RawMessage['headers'],
  isUnwanted: (name: string) => boolean,
): NonNullable<RawMessage['headers']> {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !isUnwanted(name)));
}

// The rules of pact-rules check the values that are left out, against the schema.
function toBare(raw: Interaction): Interaction {
  const { body: _, matchingRules: __, headers, ...response } = raw.response;
  return {
    ...raw,
    response: { ...response, headers: leaveOut(headers, (name) => !isNamed('content-type', name)) },
  };
}

// A rule holds for all below it, and the nearest one wins.
function compareByType(raw: Interaction): Interaction {
  const { matchingRules = {}, headers, ...response } = raw.response;
  const isFlat = Object.keys(matchingRules).some((key) => key.startsWith('$'));
  const rule = { combine: 'AND', matchers: [{ match: 'type' }] };
  const rules = isFlat
    ? { '$.body': { match: 'type' }, ...matchingRules }
    : { ...matchingRules, body: { $: rule, ...(matchingRules.body as object | undefined) } };
  const ruled = Object.keys((matchingRules.header as object | undefined) ?? {}).map((name) =>
    name.toLowerCase(),
  );
  const kept = leaveOut(
    headers,
    (name) => !isNamed('content-type', name) && !isFlat && !ruled.includes(name.toLowerCase()),
  );
  return { ...raw, response: { ...response, headers: kept, matchingRules: rules } };
}
