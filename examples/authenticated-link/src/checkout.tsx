import type { ReactElement } from 'react';
import { ErrorMessage } from './error-message.tsx';
import { session, urls } from './session.ts';
import { SubmitButton } from './submit-button.tsx';
import { useAttempt } from './use-attempt.ts';

/** A check-out that takes no money: what counts is how it goes on, on the Members Portal, signed in. */
export function Checkout(): ReactElement {
  const { isRunning, error, run } = useAttempt();
  const goToPortal = async () => {
    // It works once and soon: it is got when it is needed, not before.
    const t = await session.oneTimeToken();
    location.assign(urls.redirectToPortal({ t, redirectUrl: '/bookings' }));
    return undefined;
  };

  return (
    <form
      aria-labelledby="day-pass"
      onSubmit={(event) => {
        event.preventDefault();
        run(goToPortal);
      }}
    >
      <h2 id="day-pass">Day pass</h2>
      <p>One day at any desk, 25 €. You will find it among your bookings.</p>
      <ErrorMessage text={error} />
      <SubmitButton isRunning={isRunning}>Buy, without paying</SubmitButton>
    </form>
  );
}
