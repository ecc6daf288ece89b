import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import { createRequestGuard, type GuardedRequest } from '../../../scripts/verify/live/guard.ts';
import { liveStates, makeSpec } from '../make-documents.ts';

const state = 'the shop is open';
const operation = (operationId: string) => ({
  operationId,
  responses: { 200: { description: 'Taken.', 'x-provider-state': state } },
});
const methods = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete', 'trace'];
const paths = {
  '/books': Object.fromEntries(methods.map((method) => [method, operation(`${method}Books`)])),
  '/shelves': { get: operation('listShelves'), servers: [{ url: 'https://elsewhere.example' }] },
};
const open = async (allowWrites: boolean) =>
  createRequestGuard((await makeSpec(paths)).document, allowWrites);
const live = { state };

const request = (method: string, changes: Partial<GuardedRequest> = {}): GuardedRequest => ({
  method,
  path: '/books',
  headerNames: [],
  queryNames: [],
  formNames: [],
  ...changes,
});

describe('createRequestGuard', () => {
  it.each(['get', 'head', 'options'])('lets %s pass', async (method) => {
    expect((await open(false))(request(method), live)).toBeUndefined();
  });

  it.each(['post', 'put', 'patch', 'delete'])('lets %s pass with allowWrites only', async (method) => {
    expect((await open(false))(request(method), live)).toBe(
      `${method.toUpperCase()} can change something for the customer; --allow-writes replays it`,
    );
    expect((await open(true))(request(method), live)).toBeUndefined();
  });

  it('lets an operation pass whose own server is one of the document', async () => {
    const { document } = await makeSpec(paths);
    const servers = [{ url: 'https://elsewhere.example' }];
    const guard = createRequestGuard({ ...document, servers }, false);
    expect(guard(request('get', { path: '/shelves' }), live)).toBeUndefined();
  });

  it('lets no TRACE pass, though the spec has it', async () => {
    expect((await open(true))(request('trace'), live)).toContain('TRACE /books');
  });

  it('lets an operation pass that is harmless in the state, with no other fields than are known', async () => {
    const guard = await open(false);
    const harmless = { ...live, harmless: { postBooks: ['title'] } };
    expect(guard(request('post', { formNames: ['title'] }), harmless)).toBeUndefined();
    expect(guard(request('post'), harmless)).toBeUndefined();
    expect(guard(request('post', { formNames: ['title', 'price'] }), harmless)).toContain('POST can change');
    expect(guard(request('post', { queryNames: ['price'] }), harmless)).toContain('POST can change');
    expect(guard(request('post', { formNames: undefined }), harmless)).toContain('POST can change');
    expect(guard(request('delete'), harmless)).toContain('DELETE can change');
  });

  it('lets nothing pass in a state that the spec names for no response to it', async () => {
    const other = { ...live, state: 'the shop is closed' };
    expect((await open(true))(request('get'), other)).toBe(
      'the spec does not name this state for GET /books',
    );
  });

  it('lets nothing pass that is on another server', async () => {
    expect((await open(true))(request('get', { path: '/shelves' }), live)).toBe(
      '/shelves is not on the host of the API',
    );
  });

  it('knows operations of the spec only', async () => {
    const { spec } = await readSpec('openapi/nexudus-auth.yaml');
    const known = JSON.stringify(spec?.document.paths);
    const named = liveStates.flatMap(({ harmless = {} }) => Object.keys(harmless));
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !known.includes(`"operationId":"${name}"`))).toEqual([]);
  });
});
