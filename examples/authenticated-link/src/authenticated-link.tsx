import type { AuthenticatedLinkTarget } from 'nexudus-auth-contract';
import { type ReactElement, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { describeCode } from './messages.ts';
import { session } from './session.ts';

interface AuthenticatedLinkProps {
  /** Where to. Another target needs another `key`. */
  target: AuthenticatedLinkTarget;
  children: string;
}

/**
 * A link that signs the browser in. It leads nowhere until Nexudus has said that it may, and after it was followed
 * until it has another token. It keeps its place in the tab order all the while, so that nobody loses the focus.
 */
export function AuthenticatedLink({ target, children }: AuthenticatedLinkProps): ReactElement {
  const [link] = useState(() => session.authenticatedLink(target));
  const state = useSyncExternalStore(link.subscribe, link.getState, link.getState);
  const anchor = useRef<HTMLAnchorElement>(null);
  useRefreshOnReturn(link.refresh);

  const retry = () => {
    // The button goes away, and would take the focus with it.
    anchor.current?.focus();
    link.refresh();
  };

  return (
    <>
      <a
        ref={anchor}
        href={state.status === 'ready' ? state.href : undefined}
        role={state.status === 'ready' ? undefined : 'link'}
        aria-disabled={state.status !== 'ready'}
        tabIndex={0}
        onClick={link.markUsed}
        onAuxClick={link.markUsed}
      >
        {children}
      </a>
      {state.status === 'pending' && <span className="note">getting ready…</span>}
      <span role="alert">{state.status === 'failed' && describeCode(state.reason)}</span>
      {state.status === 'failed' && (
        <button type="button" className="quiet" onClick={retry} aria-label={`Try again: ${children}`}>
          Try again
        </button>
      )}
    </>
  );
}

/** A page that slept had no timers: its links may be stale. */
function useRefreshOnReturn(refresh: () => void): void {
  useEffect(() => {
    const onChange = () => document.visibilityState === 'visible' && refresh();
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [refresh]);
}
