import type { SignInResult } from 'nexudus-auth-contract';
import type { ReactElement } from 'react';
import { ErrorMessage } from './error-message.tsx';
import { focusOnMount } from './focus.ts';
import type { OnResult } from './sign-in.tsx';
import { SubmitButton } from './submit-button.tsx';
import { useAttempt } from './use-attempt.ts';

interface TwoFactorStepProps {
  send: (totp: string) => Promise<SignInResult>;
  onResult: OnResult;
  onBack: () => void;
}

/** The second step, where 2FA is on: the code of six digits. */
export function TwoFactorStep({ send, onResult, onBack }: TwoFactorStepProps): ReactElement {
  const { isRunning, error, run } = useAttempt();
  const submit = (form: FormData) => run(async () => onResult(await send(String(form.get('totp')))));

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <title>Enter your code · Example portal</title>
      <h1>Enter your code</h1>
      <ErrorMessage text={error} />
      <label>
        Code from your authenticator app
        <input
          name="totp"
          autoComplete="one-time-code"
          inputMode="numeric"
          pattern="[0-9]{6}"
          title="Six digits"
          required
          ref={focusOnMount}
        />
      </label>
      <SubmitButton isRunning={isRunning}>Continue</SubmitButton>
      <button type="button" className="quiet" onClick={onBack}>
        Use another account
      </button>
    </form>
  );
}
