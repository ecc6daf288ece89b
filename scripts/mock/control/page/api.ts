import type { TokenEntry } from '../../sessions/tokens.ts';
import type { WorldKeys } from '../address.ts';
import type { ConsoleInfo } from '../admin.ts';
import type { Forced, ForcedEntry } from '../forced.ts';
import type { JournalEntry } from '../journal.ts';
import type { OperationSummary, ScenarioDetails } from '../scenarios.ts';
import type { TokenOrder } from '../tokens.ts';
import type { WorldEntry } from '../worlds.ts';

/** The state of the simulation. */
export interface Tokens {
  tokens: TokenEntry[];
  count: number;
  kinds: string[];
}

/** What time the mock has. */
export interface ClockTime {
  now: string;
  offsetSeconds: number;
}

/** The mock's own HTTP API, which is all that the page does anything by: `openapi/mock-admin.yaml` describes it. */
export const api = {
  readInfo: (): Promise<ConsoleInfo> => call('GET', 'info'),
  listOperations: async (): Promise<OperationSummary[]> =>
    (await call<{ operations: OperationSummary[] }>('GET', 'operations')).operations,
  listAnswers: async (operation: string): Promise<ScenarioDetails[]> => {
    const query = new URLSearchParams({ operation });
    return (await call<{ scenarios: ScenarioDetails[] }>('GET', `scenarios?${query}`)).scenarios;
  },
  listTraffic: (after: number): Promise<{ entries: JournalEntry[]; lastId: number }> =>
    call('GET', `journal?after=${after}`),
  clearTraffic: (): Promise<void> => call('DELETE', 'journal'),
  listForced: async (): Promise<ForcedEntry[]> =>
    (await call<{ forced: ForcedEntry[] }>('GET', 'forced')).forced,
  force: (forced: Forced): Promise<ForcedEntry> => call('POST', 'forced', forced),
  undoForced: (id: number): Promise<void> => call('DELETE', `forced?id=${id}`),
  undoAllForced: (): Promise<void> => call('DELETE', 'forced'),
  readClock: (): Promise<ClockTime> => call('GET', 'clock'),
  advanceClock: (advanceSeconds: number): Promise<ClockTime> => call('POST', 'clock', { advanceSeconds }),
  resetClock: (): Promise<void> => call('DELETE', 'clock'),
  listTokens: (): Promise<Tokens> => call('GET', 'tokens'),
  issueToken: async (order: TokenOrder): Promise<string> =>
    (await call<{ token: string }>('POST', 'tokens', order)).token,
  revokeToken: (id: string): Promise<void> => call('DELETE', `tokens?${new URLSearchParams({ id })}`),
  revokeFamily: (id: string): Promise<void> =>
    call('DELETE', `tokens?${new URLSearchParams({ id, isWholeFamily: 'true' })}`),
  expireToken: (id: string): Promise<void> => call('POST', 'tokens/expire', { id }),
  reset: (): Promise<void> => call('POST', 'reset'),
  listWorlds: async (): Promise<WorldEntry[]> =>
    (await call<{ worlds: WorldEntry[] }>('GET', 'worlds')).worlds,
  makeWorld: (): Promise<WorldKeys> => call('POST', 'worlds'),
  forgetWorld: (id: string): Promise<void> => call('DELETE', `worlds?${new URLSearchParams({ id })}`),
} as const;

async function call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    const { detail = `The mock answered ${response.status}.` } = await response.json().catch(() => ({}));
    throw new Error(detail);
  }
  return response.status === 204 ? (undefined as Result) : response.json();
}
