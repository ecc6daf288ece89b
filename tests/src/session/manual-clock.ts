import type { SessionClock } from '../../../src/index.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock extends SessionClock {
  /** Lets time pass: timers that are due run in their order, and what they begin gets on in between. */
  advance: (byMs: number) => Promise<void>;
  /** Puts the clock elsewhere, as a person or a time server does: no timer runs. */
  jump: (byMs: number) => void;
  /** How many timers wait. */
  countTimers: () => number;
}

/** Makes one that begins at a fixed time. */
export function createManualClock(): ManualClock {
  let now = Date.parse('2026-11-24T12:00:00Z');
  let passed = 0;
  const timers = new Map<symbol, { at: number; run: () => void }>();
  const runNext = async (until: number): Promise<boolean> => {
    const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
    if (next === undefined || next[1].at > until) return false;
    timers.delete(next[0]);
    now += next[1].at - passed;
    passed = next[1].at;
    next[1].run();
    await settle();
    return true;
  };
  return {
    now: () => now,
    setTimer: (run, delayMs) => {
      const key = Symbol();
      // As in the engines: a delay that 32 bits can't hold, or that is no number, is none.
      timers.set(key, { at: passed + (delayMs <= 2 ** 31 - 1 ? delayMs : 1), run });
      return () => timers.delete(key);
    },
    advance: async (byMs) => {
      const until = passed + byMs;
      await settle();
      while (await runNext(until));
      now += until - passed;
      passed = until;
      await settle();
    },
    jump: (byMs) => {
      now += byMs;
    },
    countTimers: () => timers.size,
  };
}

/** Lets all that needs no time get on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
