import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { LiveState, Replacement } from '../../cli/config.ts';
import { listVariables } from '../../cli/config-shape.ts';
import { isFormType } from '../../http/media-types.ts';
import { listSchemes, placeCredential } from '../../openapi/credentials.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { Pact } from '../../pact/pact.ts';
import { createRequestGuard, type GuardedRequest, type RequestGuard } from './guard.ts';

/** An interaction to replay, with what goes into its request. */
export interface PlannedReplay {
  interaction: HttpInteraction;
  /** Holds secrets. */
  replacement: Replacement;
  /** Says why a request must not be sent for it, as the end of a sentence. `undefined`: it may be sent. */
  findObjection: (request: GuardedRequest) => string | undefined;
}

/** An interaction that is not replayed. */
export interface LeftOut {
  interaction: HttpInteraction;
  /** Ends a sentence: `SHOP_TOKEN is not set`. Holds no secret. */
  reason: string;
}

/** Which interactions are replayed. */
export interface PlanSettings {
  /** The spec of the provider. */
  document: Oas3_1Definition;
  env: Readonly<Record<string, string | undefined>>;
  /** The provider states that a live provider can be in, as the config has them. */
  liveStates: readonly LiveState[];
  /** The variable of each credential, by the name of its security scheme. Default: only the states have credentials. */
  credentials?: Readonly<Record<string, string>> | undefined;
  /** Only interactions in these states. Default: in any. */
  states?: readonly string[] | undefined;
  /** Replay also what changes something for the customer. */
  allowWrites: boolean;
}

/**
 * Picks the interactions of a pact that can be replayed on a live provider.
 */
export function planReplays(
  pact: Pact,
  settings: PlanSettings,
): { replays: PlannedReplay[]; leftOut: LeftOut[] } {
  const replays: PlannedReplay[] = [];
  const leftOut: LeftOut[] = [];
  const spent = new Set<string>();
  const guard = createRequestGuard(settings.document, settings.allowWrites);
  const findCredentials = createCredentialFinder(settings);
  for (const interaction of readInteractions(pact).filter((one) => isWanted(one, settings))) {
    const live = withCredentials(findLiveState(interaction, settings), findCredentials(interaction));
    const replay = typeof live === 'string' ? live : planReplay(interaction, live, guard, settings, spent);
    if (typeof replay === 'string') {
      leftOut.push({ interaction, reason: replay });
    } else {
      replays.push(replay);
    }
  }
  return { replays, leftOut };
}

function planReplay(
  interaction: HttpInteraction,
  live: LiveState,
  guard: RequestGuard,
  { env }: PlanSettings,
  spent: Set<string>,
): PlannedReplay | string {
  const request = toGuarded(interaction);
  const replacement = fill(live.replace ?? {}, env);
  const { path = request.path } = replacement;
  const reason = guard(request, live) ?? findObstacle(live, env, spent) ?? guard({ ...request, path }, live);
  if (reason !== undefined) {
    return reason;
  }
  spent.add(String(live.spends));
  return { interaction, replacement, findObjection: (sent) => guard(sent, live) };
}

function toGuarded({ request: { method, path, headers, query, body } }: HttpInteraction): GuardedRequest {
  const form =
    body !== undefined && isFormType(body.mediaType) && isPlainObject(body.value) ? body.value : undefined;
  return {
    method,
    path,
    headerNames: Object.keys(headers),
    queryNames: Object.keys(query),
    formNames: body === undefined ? [] : form && Object.keys(form),
  };
}

function isWanted({ states }: HttpInteraction, { states: wanted }: PlanSettings): boolean {
  return wanted === undefined || states.some((state) => wanted.includes(state));
}

function findLiveState(
  { states, response: { status } }: HttpInteraction,
  { liveStates, credentials }: PlanSettings,
): LiveState | string {
  const [name, ...further] = states;
  if (name === undefined && credentials !== undefined && !isRefusal(status)) {
    return { state: '' };
  }
  if (name === undefined || further.length > 0) {
    return 'it needs exactly one provider state, which says which credentials to send';
  }
  const live = liveStates.find(({ state }) => state === name);
  return live ?? 'verify.states of contract.config.ts does not list its provider state';
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}

/**
 * Creates a function that finds the replacement for a request: the credentials of the operation's security schemes.
 * It uses the first alternative whose schemes all have a variable.
 */
function createCredentialFinder({
  document,
  credentials = {},
}: PlanSettings): (interaction: HttpInteraction) => Replacement | undefined {
  const findCall = createMatcher(document);
  return ({ request, response }) => {
    const operation = findCall(request)?.place.operation;
    const alternatives = operation?.security ?? document.security ?? [];
    const names = alternatives
      .map((alternative) => Object.keys(alternative))
      .find((schemes) => schemes.every((name) => Object.hasOwn(credentials, name)));
    const schemes = new Map(listSchemes(document));
    const parts = (names ?? []).map((name) => {
      const scheme = schemes.get(name);
      return scheme && toReplacement(placeCredential(scheme), `{${credentials[name]}}`);
    });
    // A request that is to be refused keeps the credentials that the pact has.
    return names === undefined || isRefusal(response.status)
      ? undefined
      : {
          headers: Object.assign({}, ...parts.map((part) => part?.headers)),
          query: Object.assign({}, ...parts.map((part) => part?.query)),
        };
  };
}

function toReplacement(place: ReturnType<typeof placeCredential>, variable: string): Replacement {
  if (place === undefined) {
    return {};
  }
  const value = place.scheme === undefined ? variable : `${place.scheme} ${variable}`;
  switch (place.in) {
    case 'query':
      return { query: { [place.name]: value } };
    case 'cookie':
      return { headers: { cookie: `${place.name}=${value}` } };
    default:
      return { headers: { [place.name.toLowerCase()]: value } };
  }
}

// The replacements of the state take precedence.
function withCredentials(live: LiveState | string, found: Replacement | undefined): LiveState | string {
  if (typeof live === 'string' || found === undefined) {
    return live;
  }
  const { replace = {} } = live;
  return {
    ...live,
    replace: {
      ...replace,
      headers: { ...found.headers, ...replace.headers },
      query: { ...found.query, ...replace.query },
    },
  };
}

function findObstacle(
  { replace = {}, needs, excludes, spends }: LiveState,
  env: PlanSettings['env'],
  spent: ReadonlySet<string>,
): string | undefined {
  const needed = [...listVariables(replace), ...(needs === undefined ? [] : [needs])];
  const missing = needed.filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    return `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set`;
  }
  if (excludes !== undefined && env[excludes]) {
    return `${excludes} is set, and it applies only without that`;
  }
  return spends !== undefined && spent.has(spends) ? `${spends} can be used only once` : undefined;
}

function fill(replacement: Replacement, env: PlanSettings['env']): Replacement {
  const fillText = (text: string): string =>
    text.replaceAll(/{(\w+)}/g, (_, name) => env[name]?.trim() ?? '');
  const fillAll = (values: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fillText(value)]));
  const { path, query, headers, form } = replacement;
  return {
    ...(path === undefined ? {} : { path: encodeURI(fillText(path)) }),
    query: fillAll(query),
    headers: Object.fromEntries(Object.entries(fillAll(headers)).map(encodeBasic)),
    form: fillAll(form),
  };
}

// RFC 7617, section 2. A variable has the user and the password as they are.
function encodeBasic([name, value]: [string, string]): [string, string] {
  const [, plain] = /^Basic (.*:.*)$/s.exec(value) ?? [];
  return name !== 'authorization' || plain === undefined
    ? [name, value]
    : [name, `Basic ${Buffer.from(plain).toString('base64')}`];
}
