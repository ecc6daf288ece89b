import type { ReactElement } from 'react';
import { Account } from './account.tsx';
import { describeSignOut } from './messages.ts';
import { usePresence } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** The page: a door, or what is behind it. */
export function App(): ReactElement {
  const presence = usePresence();
  return (
    <>
      <header>Example portal</header>
      <main>
        {presence?.status === 'signed_in' && <Account />}
        {presence?.status === 'visitor' && <SignIn />}
        {presence?.status === 'signed_out' && <SignIn notice={describeSignOut(presence.reason)} />}
      </main>
    </>
  );
}
