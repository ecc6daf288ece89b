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
    [{}, 'whole must NOT have fewer than 1 properties'],
    [{ advanceSeconds: 1, now: '2099-01-01T00:00:00Z' }, 'whole must NOT have more than 1 properties'],
    [{ advanceMinutes: 1 }, 'whole must NOT have additional properties'],
    [{ advanceSeconds: -1 }, '/advanceSeconds must be >= 0'],
    [{ advanceSeconds: '1' }, '/advanceSeconds must be number'],
    [{ now: 'tomorrow' }, '/now must match pattern'],
    [null, 'whole must be object'],
    [{ advanceSeconds: 1e12 }, 'The clock would leave the years 1970 to 9999.'],
    [{ advanceSeconds: Number.MAX_VALUE }, 'The clock would leave the years 1970 to 9999.'],
    [{ now: '1969-12-31T23:59:59Z' }, 'The clock would leave the years 1970 to 9999.'],
  ])('is not moved by %j', async (body, detail) => {
    await using mock = await startMock();
    const answer = await move(mock, body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(detail) });
    expect(isNear(mock.clock.now().getTime(), Date.now())).toBe(true);
  });

  it('is not moved to no time', async () => {
    await using mock = await startMock();
    expect(() => mock.clock.set(new Date('nonsense'))).toThrow('Unprocessable Entity');
    expect(() => mock.clock.advanceSeconds(Number.NaN)).toThrow('Unprocessable Entity');
  });
});
