import { describe, expect, it } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { findMissing } from '../../../scripts/mock/sessions/rules.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';

const { spec } = await readSpec('openapi/nexudus-auth.yaml');

type Operations = Record<
  string,
  Record<string, { 'x-session'?: unknown; responses: Record<string, unknown> }>
>;

/** Names what is missing once the operations are changed. */
function findMissingAfter(change: (paths: Operations) => void): string[] {
  const document = structuredClone(spec?.document ?? expect.fail('the spec cannot be read'));
  change(document.paths as unknown as Operations);
  return findMissing(document);
}

const mediaToken = '/api/auth/media/customer';

describe('findMissing', () => {
  it('finds nothing in the spec of this contract', () => {
    expect(findMissingAfter(() => {})).toEqual([]);
  });

  it('says so where no operation has sessions', () => {
    const missing = findMissingAfter((paths) => {
      for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
        delete operation['x-session'];
      }
    });
    expect(missing).toEqual(['x-session on any operation']);
  });

  it('names an operation whose sessions are malformed', () => {
    const missing = findMissingAfter((paths) => {
      Object.assign(paths[mediaToken]?.get ?? {}, { 'x-session': [{ takes: 'a token' }] });
    });
    expect(missing).toEqual(['a well-formed x-session of getMediaToken']);
  });

  it('names an answer that refuses, with its example', () => {
    const missing = findMissingAfter((paths) => {
      delete paths[mediaToken]?.get?.responses[401];
      Object.assign(paths['/api/token']?.post?.responses ?? {}, { 400: { description: 'Refused.' } });
    });
    expect(missing).toEqual([
      'getBearerToken 400 two_factor_auth_check',
      'getBearerToken 400 refresh_token_spent',
      'getMediaToken 401',
    ]);
  });
});

describe('a mock of another API', () => {
  const specFile = 'tests/mock/fixtures/library.yaml';

  it('simulates the sessions that its spec describes', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const signIn = async (reader: string): Promise<string> => {
      const answer = await fetch(`${mock.url}/cards`, { method: 'POST', headers: { 'x-reader': reader } });
      return ((await answer.json()) as { card: string }).card;
    };
    const borrow = async (card: string): Promise<number> =>
      (await fetch(`${mock.url}/loans`, { method: 'POST', headers: { 'x-card': card } })).status;
    const card = await signIn('ada');
    expect(card).toMatch(/^library-card-1-/);
    expect([await borrow('made-up'), await borrow(card), await borrow(card)]).toEqual([403, 201, 201]);
    mock.clock.advanceSeconds(120);
    expect(await borrow(card)).toBe(403);
    const [first, second] = [await signIn('ada'), await signIn('ada')];
    const bobs = await signIn('bob');
    expect([await borrow(first), await borrow(second), await borrow(bobs)]).toEqual([403, 201, 201]);
  });

  it('issues what its operations take and none issues', async () => {
    await using mock = await startMock({ specFile, simulate: true });
    const token = mock.issueJwt();
    expect(token).toMatch(/^invitation-1-/);
    const accept = async (): Promise<number> =>
      (await fetch(`${mock.url}/invitations?invitation=${token}`, { method: 'POST' })).status;
    expect([await accept(), await accept()]).toEqual([204, 403]);
  });

  it('refuses to issue a token where no operation takes one', async () => {
    await using mock = await startMock({ specFile: 'tests/mock/fixtures/bookshop.yaml' });
    expect(() => mock.issueJwt()).toThrow('Cannot issue a token: no operation of the spec takes one');
    expect((await fetch(`${mock.url}/__mock__/jwts`, { method: 'POST' })).status).toBe(422);
  });
});
