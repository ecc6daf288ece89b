import type { SignInResult } from 'nexudus-auth-contract';
import { type ReactElement, useState } from 'react';
import { describeCode } from './messages.ts';
import { PasswordStep } from './password-step.tsx';
import { TwoFactorStep } from './two-factor-step.tsx';

/** Takes the answer of one step, and says what is wrong with it, `undefined` if nothing is. */
export type OnResult = (result: SignInResult) => string | undefined;

type Answer = Extract<SignInResult, { status: 'two_factor_required' }>['answer'];

/** Signs in: a password, then a code where the customer has 2FA on. The notice says how one got here. */
export function SignIn({ notice }: { notice?: string }): ReactElement {
  const [answer, setAnswer] = useState<{ send: Answer }>();

  const onResult: OnResult = (result) => {
    switch (result.status) {
      case 'signed_in':
        return undefined;
      case 'two_factor_required':
        setAnswer({ send: result.answer });
        return answer && describeCode('two_factor_auth_check');
      case 'must_reset_password':
        return describeCode('must_reset_password');
      case 'refused':
        return describeCode(result.error);
    }
  };

  return answer === undefined ? (
    <PasswordStep notice={notice} onResult={onResult} />
  ) : (
    <TwoFactorStep send={answer.send} onResult={onResult} onBack={() => setAnswer(undefined)} />
  );
}
