import { describe, expect, it } from 'vitest';
import type { Answer, RawRequest } from '../../scripts/http/message.ts';
import { type MemoSettings, rememberAnswers } from '../../scripts/mock/engine/remember.ts';
import { Call } from '../../scripts/mock/engine/request.ts';

type Settings = MemoSettings & { violations?: Answer['violations']; prepared?: Record<string, Answer> };

/** Its keys are the targets of requests; those below `/odd` have none. */
function counting({ violations, prepared = {}, ...settings }: Settings = {}) {
  const asked: RawRequest[] = [];
  let loaded = 0;
  const askCall = rememberAnswers(
    async (one) => {
      asked.push(one);
      const answer = { status: 200, headers: {}, body: String(asked.length), violations };
      return { answer, isMadeUp: one.headers.prefer === 'dynamic' };
    },
    async () => {
      loaded += 1;
      return {
        readKey: ({ target }, preference) =>
          target.startsWith('/odd') ? undefined : `${target} ${preference?.status ?? ''}`,
        findPrepared: (key) => prepared[key] && { answer: prepared[key] },
      };
    },
    settings,
  );
  const ask = async (target: string, headers = {}, preference = {}): Promise<string> => {
    const call = new Call({ method: 'GET', target, headers, body: Buffer.of() });
    return (await askCall(call, preference)).body;
  };
  const askAgain = async (headers: Record<string, string>, body = 'x'): Promise<string> => {
    const call = new Call({ method: 'POST', target: '/odd', headers, body: Buffer.from(body) });
    return (await askCall(call)).body;
  };
  return { ask, askAgain, asked, countLoads: () => loaded };
}

const broken = (side: string): Answer['violations'] => [
  { location: [side], severity: 'Warning', message: 'wrong' },
];

describe('rememberAnswers', () => {
  it('asks once for calls of one key', async () => {
    const { ask, asked } = counting();
    expect([await ask('/a'), await ask('/a', { accept: '*/*' })]).toEqual(['1', '1']);
    expect(asked).toHaveLength(1);
  });

  it('loads what reads keys once, with the first calls', async () => {
    const { ask, countLoads } = counting();
    expect(countLoads()).toBe(0);
    await Promise.all([ask('/a'), ask('/b'), ask('/odd')]);
    expect(countLoads()).toBe(1);
  });

  it('asks again for another key', async () => {
    const { ask, asked } = counting();
    const bodies = [await ask('/a'), await ask('/b'), await ask('/a', {}, { status: 400 }), await ask('/a')];
    expect(bodies).toEqual(['1', '2', '3', '1']);
    expect(asked).toHaveLength(3);
  });

  it('asks every time for what has no key, or a long one', async () => {
    const { ask, asked } = counting();
    for (const target of ['/odd', '/odd', `/${'a'.repeat(1024)}`, `/${'a'.repeat(1024)}`]) {
      await ask(target);
    }
    expect(asked).toHaveLength(4);
  });

  it('asks every time for what is made up', async () => {
    const { ask, asked } = counting();
    await ask('/a', { prefer: 'dynamic' });
    await ask('/a', { prefer: 'dynamic' });
    expect(asked).toHaveLength(2);
  });

  it('keeps no answer that finds the request invalid after all', async () => {
    const ofRequest = counting({ violations: broken('request') });
    const ofResponse = counting({ violations: broken('response') });
    for (const { ask } of [ofRequest, ofRequest, ofResponse, ofResponse]) {
      await ask('/a');
    }
    expect([ofRequest.asked.length, ofResponse.asked.length]).toEqual([2, 1]);
  });

  it('gives what was prepared, without asking', async () => {
    const prepared: Answer = { status: 200, headers: {}, body: 'prepared' };
    const { ask, asked } = counting({ prepared: { '/a ': prepared } });
    expect([await ask('/a'), await ask('/b')]).toEqual(['prepared', '1']);
    expect(asked).toHaveLength(1);
  });

  it('asks once for the same bytes, also for what has no key', async () => {
    const { askAgain } = counting();
    expect([await askAgain({ a: '1' }), await askAgain({ a: '1' })]).toEqual(['1', '1']);
    const others = [
      await askAgain({ a: '2' }),
      await askAgain({ a: '2', b: '1' }),
      await askAgain({}),
      await askAgain({}, 'y'),
    ];
    expect(others).toEqual(['2', '3', '4', '5']);
  });

  it('asks every time for the same bytes of a long body, and of what has many violations', async () => {
    const long = counting();
    const many = counting({ violations: Array(101).fill(broken('request')?.[0]) });
    const few = counting({ violations: Array(100).fill(broken('request')?.[0]) });
    for (const { askAgain } of [many, many, few, few]) {
      await askAgain({});
    }
    await long.askAgain({}, 'x'.repeat(16 * 1024 + 1));
    await long.askAgain({}, 'x'.repeat(16 * 1024 + 1));
    expect([long, many, few].map(({ asked }) => asked.length)).toEqual([2, 2, 1]);
  });

  it('forgets what was not asked for lately', async () => {
    const { ask, asked } = counting({ maxAnswers: 2 });
    for (const target of ['/1', '/2', '/1', '/3', '/1', '/2']) {
      await ask(target);
    }
    expect(asked.map(({ target }) => target)).toEqual(['/1', '/2', '/3', '/2']);
  });
});
