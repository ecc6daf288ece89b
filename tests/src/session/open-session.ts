import { expect } from 'vitest';
import {
  CallError,
  createMemoryStore,
  createNexudusAuthSession,
  type NexudusAuthSession,
  type NexudusAuthSessionOptions,
  SessionError,
  type SessionEvent,
  type SessionStore,
} from '../../../src/index.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { baseUrl, createProvider, type Provider } from './provider.ts';

export const credentials = { username: 'ada@lovelace.dev', password: 'password-secret' };

/** A session with what it stands on. */
export interface OpenSession {
  session: NexudusAuthSession;
  provider: Provider;
  clock: ManualClock;
  store: SessionStore;
  events: SessionEvent[];
}

/** Opens a session that nobody has signed in to. */
export function openSession(
  options: Partial<NexudusAuthSessionOptions> = {},
  provider: Provider = createProvider(),
  clock: ManualClock = createManualClock(),
): OpenSession {
  const store = options.store ?? createMemoryStore();
  const session = createNexudusAuthSession({
    baseUrl,
    portalUrl: 'https://portal.your-space.com',
    fetch: provider.fetch,
    clock,
    ...options,
    store,
  });
  const events: SessionEvent[] = [];
  session.subscribe((event) => events.push(event));
  return { session, provider, clock, store, events };
}

/** Opens a session that a customer has signed in to. */
export async function openSignedIn(...parts: Parameters<typeof openSession>): Promise<OpenSession> {
  const open = openSession(...parts);
  await open.session.signIn(credentials);
  return open;
}

/** The error of a call that must fail. */
export function errorOf(call: Promise<unknown>): Promise<SessionError | CallError> {
  return call.then(
    () => expect.fail('the call resolved'),
    (error: unknown) => {
      if (error instanceof SessionError || error instanceof CallError) return error;
      throw error;
    },
  );
}
