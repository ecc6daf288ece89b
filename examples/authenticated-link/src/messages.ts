import {
  type AuthenticatedLinkFailure,
  CallError,
  SessionError,
  type SessionEvent,
  type TokenErrorCode,
} from 'nexudus-auth-contract';

const noAnswer = 'We could not reach the server. Check your connection and try again.';
const fault = 'The server has a problem. Try again in a moment.';
const signedOut = 'You are signed out. Sign in again.';

/** What a person reads, by error code: what happened, and what to do now. */
const messages: Readonly<Record<TokenErrorCode | AuthenticatedLinkFailure | 'exchange_refused', string>> = {
  invalid_grant: 'The e-mail address or the password is wrong.',
  two_factor_auth_check: 'The code is wrong or too old. Enter the one that your app shows now.',
  must_reset_password: 'You have to choose a new password before you can sign in.',
  exchange_refused: 'The one-time token is used or too old. Start again.',
  unsupported_grant_type: fault,
  signed_out: signedOut,
  bearer_token_refused: signedOut,
  renewal_failed: noAnswer,
  network_failure: noAnswer,
  timeout: noAnswer,
  not_successful: 'We could not prepare this page for you. Try again in a moment.',
  aborted: 'That was interrupted. Try again.',
  undocumented_status: fault,
  unreadable_body: fault,
  unusable_answer: fault,
  contract_violation: fault,
  store_failure: 'Your browser did not let us keep you signed in. Allow this site to store data.',
  unexpected: fault,
};

/** Words for an error code. Nexudus may add codes: one that nobody knows has words as well. */
export function describeCode(code: string): string {
  return Object.hasOwn(messages, code) ? messages[code as keyof typeof messages] : messages.unexpected;
}

/** Words for whatever was thrown. */
export function describeError(error: unknown): string {
  return describeCode(
    error instanceof SessionError || error instanceof CallError ? error.code : 'unexpected',
  );
}

type SignOutReason = Extract<SessionEvent, { status: 'signed_out' }>['reason'];

const signOuts: Readonly<Record<SignOutReason, string>> = {
  asked: 'You are signed out.',
  refused: 'You were signed out, because you were away for too long.',
  elsewhere: 'You signed out in another tab.',
};

/** Words for the end of a session. */
export function describeSignOut(reason: SignOutReason): string {
  return signOuts[reason];
}
