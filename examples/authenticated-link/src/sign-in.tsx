import type { SignInResult } from 'nexudus-auth-contract';
import { type ReactElement, useState } from 'react';
import { Form, focusOnMount } from './form.tsx';
import { describeCode } from './messages.ts';
import { consoleUrl, issueJwt } from './mock.ts';
import { Page } from './page.tsx';
import { portalUrl, session } from './session.ts';

type Answer = Extract<SignInResult, { status: 'two_factor_required' }>['answer'];

/** Where one is: at the password, at the code, or at a password that has to be another one. */
type Step = { name: 'password' } | { name: 'code'; answer: Answer } | { name: 'reset' };

/** Sends a step, and resolves to what is wrong with it, in words, or to `undefined`. */
type Attempt = (send: () => Promise<SignInResult>) => Promise<string | undefined>;

/** Signs in: a password, then a code where the customer has 2FA on. The notice says how one got here. */
export function SignIn({ notice }: { notice: string | undefined }): ReactElement {
  const [step, setStep] = useState<Step>({ name: 'password' });
  const [isNew, setIsNew] = useState(true);
  const back = () => setStep({ name: 'password' });

  const attempt: Attempt = async (send) => {
    setIsNew(false);
    const result = await send();
    switch (result.status) {
      case 'signed_in':
        return undefined;
      case 'two_factor_required':
        setStep({ name: 'code', answer: result.answer });
        return step.name === 'code' ? describeCode('two_factor_auth_check') : undefined;
      case 'must_reset_password':
        setStep({ name: 'reset' });
        return undefined;
      case 'refused':
        return describeCode(result.error);
    }
  };

  switch (step.name) {
    case 'password':
      return <PasswordStep notice={isNew ? notice : undefined} attempt={attempt} />;
    case 'code':
      return <CodeStep answer={step.answer} attempt={attempt} onBack={back} />;
    case 'reset':
      return <ResetStep onBack={back} />;
  }
}

/** The first step: e-mail address and password. */
function PasswordStep({ notice, attempt }: { notice: string | undefined; attempt: Attempt }): ReactElement {
  const submit = (form: FormData) => {
    const [username, password] = [String(form.get('username')), String(form.get('password'))];
    return attempt(() => session.signIn({ username, password }));
  };
  const intro = (
    <>
      <h1 tabIndex={-1} ref={focusOnMount} aria-describedby={notice && 'notice'}>
        Sign in
      </h1>
      {notice && <p id="notice">{notice}</p>}
    </>
  );

  return (
    <Page title="Sign in" next="getBearerToken">
      <Form intro={intro} attempt={submit} submit="Sign in" more={consoleUrl && <WhoCanSignIn />}>
        <label>
          E-mail address
          <input name="username" type="email" autoComplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
      </Form>
    </Page>
  );
}

/** The customers of the mock. */
function WhoCanSignIn(): ReactElement {
  return (
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
  );
}

interface CodeStepProps {
  answer: Answer;
  attempt: Attempt;
  onBack: () => void;
}

/** The second step, where 2FA is on: the code of six digits. */
function CodeStep({ answer, attempt, onBack }: CodeStepProps): ReactElement {
  return (
    <Page title="Enter your code" next="getBearerToken">
      <Form
        intro={<h1>Enter your code</h1>}
        attempt={(form) => attempt(() => answer(String(form.get('totp'))))}
        submit="Continue"
        more={<AnotherAccount onClick={onBack} />}
      >
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
      </Form>
    </Page>
  );
}

/**
 * Where the password has to be another one. Nexudus has it chosen elsewhere, and issues a one-time JWT in the end, which
 * `session.exchange` takes.
 */
function ResetStep({ onBack }: { onBack: () => void }): ReactElement {
  const signInAfterReset = async () => {
    const result = await session.exchange(await issueJwt());
    return result.status === 'signed_in' ? undefined : describeCode('exchange_refused');
  };
  const intro = (
    <>
      <h1 tabIndex={-1} ref={focusOnMount}>
        Choose a new password
      </h1>
      <p>
        This account needs a new password. You choose it at Nexudus, not here. After that, a one-time token
        from Nexudus signs you in.
      </p>
    </>
  );

  return (
    <Page title="Choose a new password" next="exchangeJwt">
      {consoleUrl ? (
        <Form
          intro={intro}
          attempt={signInAfterReset}
          submit="Continue as after a reset"
          more={<AnotherAccount onClick={onBack} />}
        >
          <p>The mock has no page for that. It issues the token as if you had chosen a password.</p>
        </Form>
      ) : (
        <section>
          {intro}
          <a href={portalUrl}>Go to the Members Portal</a>
          <AnotherAccount onClick={onBack} />
        </section>
      )}
    </Page>
  );
}

function AnotherAccount({ onClick }: { onClick: () => void }): ReactElement {
  return (
    <button type="button" className="quiet" onClick={onClick}>
      Use another account
    </button>
  );
}
