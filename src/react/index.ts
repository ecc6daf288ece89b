'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AuthenticatedLinkState } from '../session/authenticated-link.ts';
import type { AuthenticatedLinkTarget } from '../session/link-target.ts';
import type { NexudusAuthSession } from '../session/session.ts';
import type { SessionEvent } from '../session/token-keeper.ts';

/** What an `<a>` is given. Without an href it is announced as a link that is disabled, and keeps its place in the tab order. */
export interface AuthenticatedLinkProps {
  href: string | undefined;
  role: 'link' | undefined;
  'aria-disabled': boolean;
  tabIndex: number;
  onClick: () => void;
  onAuxClick: () => void;
}

/** A link that signs the browser in, as a component uses it. */
export interface UsedAuthenticatedLink {
  /** Spread them on an `<a>`. A handler of your own for a click has to call the one in here. */
  props: AuthenticatedLinkProps;
  /** `pending`, `ready`, or `failed` with the reason. */
  state: AuthenticatedLinkState;
  /** Gets another token now, as after a failure. */
  refresh: () => void;
}

/**
 * Makes a link that signs the browser in, for as long as the component is mounted with the same session and target. The
 * target is compared by what it says, so that it may be written in place.
 *
 * The link has no href on a server, in the first rendering, and while its token is on the way. When the page is visible
 * again it gets another token, since a page that sleeps has no timers.
 *
 * @throws {UrlError} for a target that is no path or would leave the origin
 * @throws {TypeError} for a page of the portal when the session knows no `portalUrl`
 * @example
 * function Invoices() {
 *   const link = useAuthenticatedLink(session, '/user/invoices');
 *   return <a {...link.props}>Invoices</a>;
 * }
 */
export function useAuthenticatedLink(
  session: Pick<NexudusAuthSession, 'authenticatedLink'>,
  target: AuthenticatedLinkTarget,
): UsedAuthenticatedLink {
  const written = JSON.stringify(target);
  const link = useMemo(() => session.authenticatedLink(JSON.parse(written)), [session, written]);
  const state = useSyncExternalStore(link.subscribe, link.getState, link.getState);
  useEffect(() => {
    // React Native has no document.
    const page = globalThis.document as Document | undefined;
    const onChange = () => {
      if (page?.visibilityState === 'visible') link.refresh();
    };
    page?.addEventListener('visibilitychange', onChange);
    return () => page?.removeEventListener('visibilitychange', onChange);
  }, [link]);
  const isReady = state.status === 'ready';
  const props: AuthenticatedLinkProps = {
    href: isReady ? state.href : undefined,
    role: isReady ? undefined : 'link',
    'aria-disabled': !isReady,
    tabIndex: 0,
    onClick: link.markUsed,
    onAuxClick: link.markUsed,
  };
  return { props, state, refresh: link.refresh };
}

/** Who is there. There is no `reason` where nobody has signed out since the component was mounted. */
export type SessionPresence =
  | { readonly status: 'loading' }
  | { readonly status: 'signed_in' }
  | { readonly status: 'signed_out'; readonly reason?: Extract<SessionEvent, { reason: string }>['reason'] };

const loading: SessionPresence = { status: 'loading' };

/**
 * Follows who is signed in, also in another tab. It is `loading` on a server and until the store has been read; a store
 * that can't be read counts as signed out.
 *
 * @example
 * const { status } = useSession(session);
 * if (status === 'loading') return null;
 * return status === 'signed_in' ? <Account /> : <SignIn />;
 */
export function useSession(session: Pick<NexudusAuthSession, 'isSignedIn' | 'subscribe'>): SessionPresence {
  const [known, setKnown] = useState({ session, presence: loading });
  useEffect(() => {
    let isFirst = true;
    const follow = (presence: SessionPresence) => setKnown({ session, presence });
    const begin = (isSignedIn: boolean) => {
      if (isFirst) follow({ status: isSignedIn ? 'signed_in' : 'signed_out' });
    };
    const stop = session.subscribe((event) => {
      isFirst = false;
      follow(event);
    });
    session.isSignedIn().then(begin, () => begin(false));
    return () => {
      isFirst = false;
      stop();
    };
  }, [session]);
  return known.session === session ? known.presence : loading;
}
