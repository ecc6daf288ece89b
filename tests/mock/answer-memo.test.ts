import { describe, expect, it } from 'vitest';
import type { Answer, RawRequest } from '../../scripts/http/message.ts';
import { rememberAnswers } from '../../scripts/mock/engine/remember.ts';
import { Call, type Preference } from '../../scripts/mock/engine/request.ts';

const request: RawRequest = {
  method: 'POST',
  target: '/a?b=1',
  headers: { accept: '*/*' },
  body: Buffer.from('x'),
};

function counting(settings?: Parameters<typeof rememberAnswers>[1], violations?: Answer['violations']) {
  const asked: RawRequest[] = [];
  const askCall = rememberAnswers(async (one) => {
    asked.push(one);
    const answer = { status: 200, headers: {}, body: String(asked.length), violations };
    return { answer, isMadeUp: one.headers.prefer === 'dynamic' };
  }, settings);
  const ask = (one: RawRequest, preference?: Preference) => askCall(new Call(one), preference);
  return { ask, asked };
}

describe('rememberAnswers', () => {
  it('asks once for requests of the same bytes', async () => {
    const { ask, asked } = counting();
    expect(
      [await ask(request), await ask({ ...request, body: Buffer.from('x') })].map(({ body }) => body),
    ).toEqual(['1', '1']);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['method', { method: 'PUT' }],
    ['target', { target: '/a?b=2' }],
    ['headers', { headers: { accept: 'text/plain' } }],
    ['body', { body: Buffer.from('y') }],
  ] satisfies [string, Partial<RawRequest>][])('asks again for another %s', async (_part, change) => {
    const { ask, asked } = counting();
    await ask(request);
    await ask({ ...request, ...change });
    expect(asked).toHaveLength(2);
  });

  it('asks again for another preference', async () => {
    const { ask, asked } = counting();
    const preferences = [undefined, { status: 400 }, { status: 401 }, { status: 400, example: 'a' }];
    for (const preference of [...preferences, ...preferences]) {
      await ask(request, preference);
    }
    expect(asked).toHaveLength(preferences.length);
  });

  it('keeps no long lists of violations', async () => {
    const violation = { location: ['request'], severity: 'Error', message: 'wrong' };
    const short = counting({}, Array(100).fill(violation));
    const long = counting({}, Array(101).fill(violation));
    for (const { ask } of [short, short, long, long]) {
      await ask(request);
    }
    expect([short.asked.length, long.asked.length]).toEqual([1, 2]);
  });

  it('asks every time for what is made up', async () => {
    const { ask, asked } = counting();
    await ask({ ...request, headers: { prefer: 'dynamic' } });
    await ask({ ...request, headers: { prefer: 'dynamic' } });
    expect(asked).toHaveLength(2);
  });

  it('forgets what was not asked for lately, and keeps no long bodies', async () => {
    const { ask, asked } = counting({ maxAnswers: 2, maxBodyBytes: 3 });
    const targets = ['/1', '/2', '/1', '/3', '/1', '/2'];
    for (const target of targets) {
      await ask({ ...request, target });
    }
    expect(asked.map(({ target }) => target)).toEqual(['/1', '/2', '/3', '/2']);
    await ask({ ...request, body: Buffer.from('long') });
    await ask({ ...request, body: Buffer.from('long') });
    expect(asked).toHaveLength(6);
  });
});
