import { describe, expect, it } from 'vitest';
import { rememberAnswers } from '../../scripts/mock/answer-memo.ts';
import type { RawRequest } from '../../scripts/mock/raw-request.ts';

const request: RawRequest = {
  method: 'POST',
  target: '/a?b=1',
  headers: { accept: '*/*' },
  body: Buffer.from('x'),
};

function counting(settings?: Parameters<typeof rememberAnswers>[1]) {
  const asked: RawRequest[] = [];
  const ask = rememberAnswers(async (one) => {
    asked.push(one);
    const answer = { status: 200, headers: {}, body: String(asked.length) };
    return { answer, isMadeUp: one.headers.prefer === 'dynamic' };
  }, settings);
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
