import { describe, expect, it } from 'vitest';
import { operations } from '../../../generated/operations.ts';
import { startMock } from '../../../scripts/mock/index.ts';

describe('the scenarios', () => {
  it('list each answer with a curl that gets it', async () => {
    await using mock = await startMock();
    const answer = await fetch(`${mock.url}/__mock__/scenarios`);
    const { scenarios } = (await answer.json()) as { scenarios: Record<string, unknown>[] };
    const named = scenarios.map(({ operationId }) => operationId);
    expect(new Set(named)).toEqual(new Set(Object.keys(operations)));
    expect(scenarios).toContainEqual({
      operationId: 'getMediaToken',
      operation: 'GET /api/auth/media/customer',
      status: 401,
      state: 'the bearer token is expired',
      condition: { header: { Authorization: 'Bearer expired-token' } },
      curl: `curl -H 'authorization: Bearer expired-token' ${mock.url}/api/auth/media/customer`,
    });
    expect(scenarios).toContainEqual(
      expect.objectContaining({
        operationId: 'getMediaToken',
        status: 200,
        curl: expect.stringContaining("-H 'prefer: code=200, example=issued'"),
      }),
    );
  });
});

describe('the scenarios of a spec with ranges', () => {
  it('have a status each, and a way to it that works', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml' });
    const { scenarios } = (await (await fetch(`${mock.url}/__mock__/scenarios`)).json()) as {
      scenarios: { operationId: string; status: number; example?: string; curl: string }[];
    };
    const ranges = scenarios.filter(({ example = '' }) => ['sold_out', 'odd'].includes(example));
    expect(ranges).toMatchObject([
      { status: 400, curl: expect.stringContaining("'prefer: code=400, example=sold_out'") },
      { status: 500, curl: expect.stringContaining("'prefer: code=500, example=odd'") },
    ]);
    expect(scenarios.every(({ status }) => status >= 200)).toBe(true);
    for (const { operationId, status, example } of scenarios) {
      mock.force({ operationId, status, ...(example === undefined ? {} : { example }) });
    }
  });
});
