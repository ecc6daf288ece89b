import { describe, expectTypeOf, it } from 'vitest';
import {
  type AnswerName,
  createNexudusAuthHandler,
  createNexudusAuthHandlers,
} from '../../../src/msw/index.ts';

describe('the name of an answer', () => {
  it('is that of an example, or a status without one', () => {
    expectTypeOf<AnswerName<'getOneTimeToken'>>().toEqualTypeOf<'issued' | 'refused' | 'failed' | 401>();
    expectTypeOf<AnswerName<'redirectToPortal'>>().toEqualTypeOf<302 | 401>();
  });

  it('compiles where the operation has it', () => {
    createNexudusAuthHandlers({ answers: { getBearerToken: 'invalid_grant', exchangeJwt: 400 } });
    createNexudusAuthHandler('getMediaToken', 401, { once: true });
  });

  it('does not compile where it is misspelt, or of another operation', () => {
    // @ts-expect-error
    createNexudusAuthHandlers({ answers: { getOneTimeToken: 'refusd' } });
    // @ts-expect-error
    createNexudusAuthHandlers({ answers: { getOneTimeToken: 'invalid_grant' } });
    // @ts-expect-error
    createNexudusAuthHandlers({ answers: { getOneTimeToken: 200 } });
    // @ts-expect-error
    createNexudusAuthHandlers({ answers: { getOnetimeToken: 'refused' } });
    // @ts-expect-error
    createNexudusAuthHandler('getMediaToken', 'refused');
    // @ts-expect-error
    createNexudusAuthHandler('getOnetimeToken', 'refused');
  });
});
