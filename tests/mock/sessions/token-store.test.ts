import { describe, expect, it } from 'vitest';
import { createTokenStore } from '../../../scripts/mock/sessions/tokens.ts';

function createStore(maxTokens?: number) {
  let timeMs = 0;
  const store = createTokenStore(() => new Date(timeMs), maxTokens);
  const readState = (token: string) => {
    const issued = store.find(token);
    return issued && store.readState(issued);
  };
  return {
    ...store,
    issue: (lifeSeconds: number, owner?: string) =>
      store.issue({ kind: 'media-token', lifeSeconds, ...(owner && { owner }) }),
    issueInFamily: (kind: string, family: string) => store.issue({ kind, lifeSeconds: 60, family }),
    isLive: (token: string) => readState(token) === 'live',
    readState,
    spend: (token: string) => {
      const issued = store.find(token);
      if (issued !== undefined) store.end(issued, 'spent');
    },
    advanceSeconds: (seconds: number) => {
      timeMs += seconds * 1000;
    },
  };
}

describe('createTokenStore', () => {
  it('has a token live until it expires, to the millisecond', () => {
    const store = createStore();
    const token = store.issue(60);
    store.advanceSeconds(59.999);
    expect(store.isLive(token)).toBe(true);
    store.advanceSeconds(0.001);
    expect(store.readState(token)).toBe('expired');
  });

  it('finds none that is spent or cleared', () => {
    const store = createStore();
    const [spent, cleared] = [store.issue(60), store.issue(60)];
    store.spend(spent);
    expect([store.isLive(spent), store.isLive(cleared)]).toEqual([false, true]);
    store.clear();
    expect(store.isLive(cleared)).toBe(false);
  });

  it('finds one of an owner, the last', () => {
    const store = createStore();
    const tokens = [store.issue(60, 'ada'), store.issue(60, 'bob'), store.issue(60), store.issue(60, 'ada')];
    expect(tokens.map(store.isLive)).toEqual([false, true, true, true]);
  });

  it('finds none of an owner whose last one is spent, and none comes back', () => {
    const store = createStore(2);
    const [first, second] = [store.issue(60, 'ada'), store.issue(60, 'ada')];
    store.spend(second);
    const third = store.issue(60, 'ada');
    expect([first, second, third].map(store.isLive)).toEqual([false, false, true]);
    store.issue(60);
    store.issue(60);
    expect(store.isLive(third)).toBe(false);
    expect(store.isLive(store.issue(60, 'ada'))).toBe(true);
  });

  it('says why a token is taken no longer, and the first reason stays', () => {
    const store = createStore();
    const [replaced] = [store.issue(60, 'ada'), store.issue(60, 'ada')];
    const spent = store.issue(60);
    store.spend(replaced);
    store.spend(spent);
    store.revokeFamily(store.find(spent)?.family ?? '');
    store.advanceSeconds(60);
    expect([replaced, spent].map(store.readState)).toEqual(['replaced', 'spent']);
  });

  it('revokes a family and no other, of the kinds that are named', () => {
    const store = createStore();
    const first = store.issue(60);
    const { family } = store.find(first) ?? expect.fail();
    const media = store.issueInFamily('media-token', family);
    const access = store.issueInFamily('access-token', family);
    const stranger = store.issue(60);
    store.revokeFamily(family, ['media-token']);
    expect([first, media, access, stranger].map(store.readState)).toEqual([
      'revoked',
      'revoked',
      'live',
      'live',
    ]);
  });

  it('has a token expire now, and none live longer for it', () => {
    const store = createStore();
    const [one, other] = [store.issue(60), store.issue(1)];
    store.advanceSeconds(30);
    for (const token of [one, other]) store.expire(store.find(token) ?? expect.fail());
    expect([one, other].map(store.readState)).toEqual(['expired', 'expired']);
    store.advanceSeconds(-29.5);
    expect([one, other].map(store.readState)).toEqual(['live', 'live']);
  });

  it('lists tokens newest first, without their texts', () => {
    const store = createStore();
    const tokens = [store.issue(60), store.issue(60), store.issue(60)];
    expect(store.list(2)).toMatchObject([{ id: 'media-token-3', state: 'live' }, { id: 'media-token-2' }]);
    for (const token of tokens) expect(JSON.stringify(store.list())).not.toContain(token);
  });

  it('forgets the oldest where all are live', () => {
    const store = createStore(2);
    const tokens = [store.issue(60), store.issue(60), store.issue(60)];
    expect(tokens.map(store.isLive)).toEqual([false, true, true]);
  });

  it('forgets none that is live while one has expired', () => {
    const store = createStore(2);
    const tokens = [store.issue(60), store.issue(1)];
    store.advanceSeconds(1);
    tokens.push(store.issue(60));
    expect(tokens.map(store.isLive)).toEqual([true, false, true]);
  });

  it('keeps 10,000', () => {
    const store = createStore();
    const tokens = Array.from({ length: 10_001 }, () => store.issue(60));
    expect(tokens.filter(store.isLive)).toHaveLength(10_000);
    expect(store.isLive(tokens[0] ?? '')).toBe(false);
  });
});
