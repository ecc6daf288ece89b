import { describe, expect, it } from 'vitest';
import { createNexudusAuthSession } from '../../../src/index.ts';
import { listenTo } from './open-link.ts';
import { openSession, openSignedIn } from './open-session.ts';
import { baseUrl, oneTimePath } from './provider.ts';

const create = (options: object) => () => createNexudusAuthSession({ baseUrl, ...options });

describe('linkLifeMs', () => {
  it.each([Number.NaN, 0, -1, 50, Number.NEGATIVE_INFINITY])('refuses %d', (linkLifeMs) => {
    expect(create({ linkLifeMs })).toThrow(
      new RangeError(`linkLifeMs is ${linkLifeMs}, expected 1000 milliseconds or more.`),
    );
  });

  it.each([Number.POSITIVE_INFINITY, 30 * 86_400_000])(
    'of %d gets one token, not a flood',
    async (linkLifeMs) => {
      const open = await openSignedIn({ linkLifeMs });
      const { states } = listenTo(open, '/user/invoices');
      await open.clock.advance(50);
      expect(open.provider.sent(oneTimePath)).toHaveLength(1);
      expect(states).toEqual(['pending', 'ready']);
    },
  );
});

describe('clientId', () => {
  it.each(['', 'łukasz@example.com', 'josé', 'two\nlines', 'tab\t', ' padded', 'padded ', '😀'])(
    'refuses %j, which no header carries as it is',
    (clientId) => {
      expect(create({ clientId })).toThrow(TypeError);
      expect(create({ clientId })).toThrow(
        'Cannot send clientId as the header client_id: it must be printable ASCII, without a blank at either end. ' +
          'Use a GUID, or leave clientId out.',
      );
    },
  );

  it('refuses the same at an exchange, before the JWT is spent', async () => {
    const { session, provider } = openSession();
    await expect(session.exchange('jwt-secret-1', { clientId: 'josé' })).rejects.toThrow(TypeError);
    expect(provider.requests).toEqual([]);
  });

  it.each(['my-app', 'my app', '~', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'])('takes %j', (clientId) => {
    expect(create({ clientId })).not.toThrow();
  });
});
