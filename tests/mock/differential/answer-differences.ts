import { bodyDifferences } from './body-differences.ts';
import type { Difference } from './difference.ts';
import { httpDifferences } from './http-differences.ts';
import { preferenceDifferences } from './preference-differences.ts';
import { signIn } from './request-parts.ts';

/** What a spec with `x-match` adds. The mock is compared without it, too. */
export const conditionDifference: Difference = {
  name: 'x-match',
  // Of the conditions, these are the only ones that generated and listed requests meet.
  concerns: ({ body }) => /grant_type=refresh_token|totp=492039/.test(body),
  samples: [signIn([], 'grant_type=refresh_token&refresh_token=a')],
  prism: { does: 'the first example', seen: { statuses: [200], body: /access-token-1/ } },
  mock: {
    does: 'the example whose `x-match` the request meets',
    seen: { statuses: [200], body: /access-token-[23]/ },
  },
  reason: 'A mock that answers to what it is asked, without a header.',
};

/** Requests that both answer, each in its way. */
export const answerDifferences: readonly Difference[] = [
  ...httpDifferences,
  ...preferenceDifferences,
  ...bodyDifferences,
];
