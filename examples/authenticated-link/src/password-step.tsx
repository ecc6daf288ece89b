import type { ReactElement } from 'react';
import { ErrorMessage } from './error-message.tsx';
import { focusOnMount } from './focus.ts';
import { session } from './session.ts';
import type { OnResult } from './sign-in.tsx';
import { SubmitButton } from './submit-button.tsx';
import { useAttempt } from './use-attempt.ts';

interface PasswordStepProps {
  notice: string | undefined;
  onResult: OnResult;
}

/** The first step: e-mail address and password. */
export function PasswordStep({ notice, onResult }: PasswordStepProps): ReactElement {
  const { isRunning, error, run } = useAttempt();
  const submit = (form: FormData) =>
    run(async () => {
      const [username, password] = [String(form.get('username')), String(form.get('password'))];
      return onResult(await session.signIn({ username, password }));
    });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <title>Sign in · Example portal</title>
      <h1 tabIndex={-1} ref={focusOnMount}>
        Sign in
      </h1>
      <p role="status">{notice}</p>
      <ErrorMessage text={error} />
      <label>
        E-mail address
        <input name="username" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <SubmitButton isRunning={isRunning}>Sign in</SubmitButton>
      <details>
        <summary>Who can sign in?</summary>
        <ul>
          <li>
            <code>ada@lovelace.dev</code> with any password but <code>wrong-password</code>
          </li>
          <li>
            <code>two-factor@lovelace.dev</code>, too, then with the code <code>492039</code>
          </li>
          <li>
            <code>must-reset@lovelace.dev</code> has to choose a new password
          </li>
        </ul>
      </details>
    </form>
  );
}
