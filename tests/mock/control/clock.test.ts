import { describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';

const dayMs = 24 * 60 * 60 * 1000;

function move(mock: Mock, body: unknown): Promise<Response> {
  return fetch(`${mock.url}/__mock__/clock`, { method: 'POST', body: JSON.stringify(body) });
}

async function readNow(answer: Response | Promise<Response>): Promise<number> {
  const { now } = (await (await answer).json()) as { now: string };
  return Date.parse(now);
}

/** Whether a time is one of the moment, give or take a minute for a slow machine. */
function isNear(timeMs: number, expectedMs: number): boolean {
  return Math.abs(timeMs - expectedMs) < 60_000;
}

describe('the clock of a mock', () => {
  it("shows the machine's time", async () => {
    await using mock = await startMock();
    expect(isNear(await readNow(fetch(`${mock.url}/__mock__/clock`)), Date.now())).toBe(true);
    expect(isNear(mock.clock.now().getTime(), Date.now())).toBe(true);
  });

  it('moves on, time after time, and answers where it is', async () => {
    await using mock = await startMock();
    mock.clock.advanceSeconds(24 * 60 * 60);
    const answer = await move(mock, { advanceSeconds: 24 * 60 * 60 });
    expect(isNear(await readNow(answer), Date.now() + 2 * dayMs)).toBe(true);
    expect(isNear(mock.clock.now().getTime(), Date.now() + 2 * dayMs)).toBe(true);
  });

  it('is set to a later and to an earlier time', async () => {
    await using mock = await startMock();
    const earlier = new Date('1999-12-31T23:00:00Z');
    expect(isNear(await readNow(move(mock, { now: '2099-01-01T01:00:00+01:00' })), Date.UTC(2099, 0))).toBe(
      true,
    );
    mock.clock.set(earlier);
    expect(isNear(mock.clock.now().getTime(), earlier.getTime())).toBe(true);
  });

  it('dates the journal, and a reset puts it back', async () => {
    await using mock = await startMock();
    await move(mock, { now: '2099-01-01T00:00:00Z' });
    await fetch(`${mock.url}/nowhere`);
    expect(mock.journal().map(({ at }) => at.slice(0, 10))).toEqual(['2099-01-01']);
    await fetch(`${mock.url}/__mock__/reset`, { method: 'POST' });
    expect(isNear(mock.clock.now().getTime(), Date.now())).toBe(true);
  });

  it("is each mock's own", async () => {
    await using one = await startMock();
    await using other = await startMock();
    one.clock.advanceSeconds(dayMs);
    expect(isNear(other.clock.now().getTime(), Date.now())).toBe(true);
  });

  it.each([
    [{}, ': found no property, expected one of advanceSeconds, now.'],
    [
      { advanceSeconds: 1, now: '2099-01-01T00:00:00Z' },
      ': found advanceSeconds and now, expected one of advanceSeconds, now.',
    ],
    [{ advanceMinutes: 1 }, ': there is no property "advanceMinutes". Use advanceSeconds, now.'],
    [{ advanceSeconds: -1 }, ': advanceSeconds is -1, expected a number of seconds from 0 on.'],
    [{ advanceSeconds: '1' }, ": advanceSeconds is '1', expected a number of seconds from 0 on."],
    [{ now: 'tomorrow' }, ": now is 'tomorrow', expected a time such as 2026-11-24T12:00:00Z."],
    [null, ': found null, expected an object with advanceSeconds, now.'],
    [{ advanceSeconds: 1e12 }, ': it would leave the years 1970 to 9999.'],
    [{ advanceSeconds: Number.MAX_VALUE }, ': it would leave the years 1970 to 9999.'],
    [{ now: '1969-12-31T23:59:59Z' }, ': it would leave the years 1970 to 9999.'],
  ])('is not moved by %j', async (body, detail) => {
    await using mock = await startMock();
    const answer = await move(mock, body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      detail: expect.stringContaining(`Cannot move the clock${detail}`),
    });
    expect(isNear(mock.clock.now().getTime(), Date.now())).toBe(true);
  });

  it('is not moved to no time', async () => {
    await using mock = await startMock();
    const refusal = new Error(
      'Cannot move the clock: it would leave the years 1970 to 9999. Use a time within them.',
    );
    expect(() => mock.clock.set(new Date('nonsense'))).toThrow(refusal);
    expect(() => mock.clock.advanceSeconds(Number.NaN)).toThrow(refusal);
  });
});
