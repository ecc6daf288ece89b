import { useSession } from 'nexudus-auth-contract/react';
import { type ReactElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Account } from './account.tsx';
import { describeSignOut } from './messages.ts';
import { session } from './session.ts';
import { SignIn } from './sign-in.tsx';
import './style.css';

/** A door, or what is behind it. */
function App(): ReactElement | null {
  const presence = useSession(session);
  switch (presence.status) {
    case 'loading':
      return null;
    case 'signed_in':
      return <Account />;
    case 'signed_out':
      return <SignIn notice={presence.reason && describeSignOut(presence.reason)} />;
  }
}

createRoot(document.querySelector('#root') as Element).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
