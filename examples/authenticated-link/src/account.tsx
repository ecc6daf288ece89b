import type { AuthenticatedLinkTarget } from 'nexudus-auth-contract';
import { useAuthenticatedLink } from 'nexudus-auth-contract/react';
import { type ReactElement, useRef } from 'react';
import { Form, focusOnMount } from './form.tsx';
import { describeCode } from './messages.ts';
import { Page } from './page.tsx';
import { session, urls } from './session.ts';

/** What a customer who is signed in sees. */
export function Account(): ReactElement {
  return (
    <Page title="Your account" next="getOneTimeToken">
      <h1 tabIndex={-1} ref={focusOnMount}>
        Your account
      </h1>
      <section aria-labelledby="invoices">
        <h2 id="invoices">Invoices</h2>
        <ul className="links">
          <li>
            <Link target={{ operationId: 'downloadInvoicePdf', invoiceId: 1024 }}>Invoice 1024 (PDF)</Link>
          </li>
          <li>
            <Link target="/user/invoices">All invoices</Link>
          </li>
        </ul>
      </section>
      <Form
        labelledBy="day-pass"
        intro={
          <>
            <h2 id="day-pass">Day pass</h2>
            <p>One day at any desk, 25 €. You will find it among your bookings.</p>
          </>
        }
        attempt={checkOut}
        submit="Buy (demo, no charge)"
      />
      <Form attempt={signOut} submit="Sign out" isQuiet />
    </Page>
  );
}

/** A link that signs the browser in. It keeps its place in the tab order all the while, so that nobody loses the focus. */
function Link({ target, children }: { target: AuthenticatedLinkTarget; children: string }): ReactElement {
  const { props, state, refresh } = useAuthenticatedLink(session, target);
  const anchor = useRef<HTMLAnchorElement>(null);
  const retry = () => {
    // The button goes away, and would take the focus with it.
    anchor.current?.focus();
    refresh();
  };

  return (
    <>
      <a ref={anchor} {...props}>
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

/** Takes no money: what counts is how it goes on, on the Members Portal, signed in. */
async function checkOut(): Promise<undefined> {
  // It works once and soon: it is got when it is needed, not before.
  const t = await session.oneTimeToken();
  location.assign(urls.redirectToPortal({ t, redirectUrl: '/bookings' }));
}

async function signOut(): Promise<undefined> {
  await session.signOut();
}
