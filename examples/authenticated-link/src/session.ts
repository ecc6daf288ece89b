import {
  createIndexedDbStore,
  createNexudusAuthSession,
  createNexudusAuthUrls,
  type NexudusAuthSession,
  type NexudusAuthUrls,
  type SessionEvent,
} from 'nexudus-auth-contract';
import { useEffect, useState } from 'react';

/** The space. The mock is its portal, too. */
const baseUrl: string = import.meta.env.VITE_NEXUDUS_URL;

/** The one session of the page. Its store outlives the page: whoever comes back from a link is still signed in. */
export const session: NexudusAuthSession = createNexudusAuthSession({
  baseUrl,
  portalUrl: baseUrl,
  store: createIndexedDbStore(),
});

export const urls: NexudusAuthUrls = createNexudusAuthUrls({ baseUrl, portalUrl: baseUrl });

/** Who is there: a visitor, or a customer who signed in or out. */
export type Presence = { status: 'visitor' } | SessionEvent;

/** Follows who is there; `undefined` until the store has been read. */
export function usePresence(): Presence | undefined {
  const [presence, setPresence] = useState<Presence>();
  useEffect(() => {
    const setFirst = (first: Presence) => setPresence((known) => known ?? first);
    session.isSignedIn().then(
      (isSignedIn) => setFirst({ status: isSignedIn ? 'signed_in' : 'visitor' }),
      // A store that can't be read has nobody in it: signing in will say what is wrong.
      () => setFirst({ status: 'visitor' }),
    );
    return session.subscribe(setPresence);
  }, []);
  return presence;
}
