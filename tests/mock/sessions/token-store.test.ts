import { describe, expect, it } from 'vitest';
import { createTokenStore } from '../../../scripts/mock/sessions/tokens.ts';

function createStore(maxTokens?: number) {
  let timeMs = 0;
  const store = createTokenStore(() => new Date(timeMs), maxTokens);
  return {
    ...store,
    issue: (lifeSeconds: number, owner?: string) =>
      store.issue({ kind: 'media-token', lifeSeconds, ...(owner && { owner }) }),
    isLive: (token: string) => store.find('media-token', token) !== undefined,
    advanceSeconds: (seconds: number) => {
      timeMs += seconds * 1000;
    },
  };
}

describe('createTokenStore', () => {
  it('finds a token of its kind until it expires, to the millisecond', () => {
    const store = createStore();
    const token = store.issue(60);
    expect(store.find('access-token', token)).toBeUndefined();
    store.advanceSeconds(59.999);
    expect(store.isLive(token)).toBe(true);
    store.advanceSeconds(0.001);
    expect(store.isLive(token)).toBe(false);
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
