import type { Pact } from '../../pact/pact.ts';
import { type HttpInteraction, readInteractions } from '../../pact/read-interactions.ts';
import { type LiveState, listVariables, liveStates, type Replacement } from './live-states.ts';

/** An interaction to replay, with what goes into its request. */
export interface PlannedReplay {
  interaction: HttpInteraction;
  /** Holds secrets. */
  replacement: Replacement;
}

/** An interaction that is not replayed. */
export interface LeftOut {
  interaction: HttpInteraction;
  /** Ends a sentence: `NEXUDUS_TOTP is not set`. Holds no secret. */
  reason: string;
}

/** Which interactions are replayed. */
export interface PlanSettings {
  env: Readonly<Record<string, string | undefined>>;
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
  for (const interaction of readInteractions(pact).filter((one) => isWanted(one, settings))) {
    const live = findLiveState(interaction);
    const reason = typeof live === 'string' ? live : findObstacle(live, settings, spent);
    if (typeof live === 'string' || reason !== undefined) {
      leftOut.push({ interaction, reason: reason ?? '' });
    } else {
      spent.add(String(live.spends));
      replays.push({ interaction, replacement: fill(live.replacement, settings.env) });
    }
  }
  return { replays, leftOut };
}

function isWanted({ states }: HttpInteraction, { states: wanted }: PlanSettings): boolean {
  return wanted === undefined || states.some((state) => wanted.includes(state));
}

function findLiveState({ states, request }: HttpInteraction): LiveState | string {
  const [name, ...further] = states;
  if (name === undefined || further.length > 0) {
    return 'only an interaction in one provider state tells which credentials it needs';
  }
  const live = liveStates.find(({ state }) => state === name);
  if (live === undefined) {
    return 'a live provider cannot be brought into this state';
  }
  return live.onlyPath === undefined || live.onlyPath === request.path
    ? live
    : `${request.path} is not on the host of the API`;
}

function findObstacle(
  { replacement, needs, excludes, spends, writes }: LiveState,
  { env, allowWrites }: PlanSettings,
  spent: ReadonlySet<string>,
): string | undefined {
  if (writes !== undefined && !allowWrites) {
    return `${writes}; --allow-writes replays it`;
  }
  const needed = [...listVariables(replacement), ...(needs === undefined ? [] : [needs])];
  const missing = needed.filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    return `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set`;
  }
  if (excludes !== undefined && env[excludes]) {
    return `${excludes} is set, so the sign-in needs the code`;
  }
  return spends !== undefined && spent.has(spends) ? `${spends} is good for one interaction` : undefined;
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
    headers: fillAll(headers),
    form: fillAll(form),
  };
}
