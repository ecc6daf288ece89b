import type { ReactElement } from 'react';
import { AuthenticatedLink } from './authenticated-link.tsx';
import { Checkout } from './checkout.tsx';
import { focusOnMount } from './focus.ts';
import { session } from './session.ts';

/** What a customer who is signed in sees. */
export function Account(): ReactElement {
  return (
    <>
      <title>Your account · Example portal</title>
      <h1 tabIndex={-1} ref={focusOnMount}>
        Your account
      </h1>
      <section aria-labelledby="invoices">
        <h2 id="invoices">Invoices</h2>
        <ul className="links">
          <li>
            <AuthenticatedLink target={{ operationId: 'downloadInvoicePdf', invoiceId: 1024 }}>
              Invoice 1024 (PDF)
            </AuthenticatedLink>
          </li>
          <li>
            <AuthenticatedLink target="/user/invoices">All invoices</AuthenticatedLink>
          </li>
        </ul>
      </section>
      <Checkout />
      <button type="button" className="quiet" onClick={() => session.signOut()}>
        Sign out
      </button>
    </>
  );
}
