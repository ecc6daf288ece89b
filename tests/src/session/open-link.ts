import type { AuthenticatedLink, AuthenticatedLinkTarget } from '../../../src/index.ts';
import { type OpenSession, openSignedIn } from './open-session.ts';

/** A link that somebody listens to. */
export interface OpenLink {
  link: AuthenticatedLink;
  /** The states that it went through. */
  states: string[];
  stop: () => void;
  href: () => string | undefined;
}

/** Signs a customer in and listens to a link. */
export async function openLink(
  target: AuthenticatedLinkTarget = '/user/invoices',
): Promise<OpenSession & OpenLink> {
  const open = await openSignedIn();
  return { ...open, ...listenTo(open, target) };
}

/** Listens to a link of a session. */
export function listenTo({ session }: OpenSession, target: AuthenticatedLinkTarget): OpenLink {
  const link = session.authenticatedLink(target);
  const states: string[] = [link.getState().status];
  const stop = link.subscribe(() => states.push(link.getState().status));
  const href = () => {
    const state = link.getState();
    return state.status === 'ready' ? state.href : undefined;
  };
  return { link, states, stop, href };
}
