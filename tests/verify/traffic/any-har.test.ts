import fastCheck, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHar } from '../../../scripts/har/read-har.ts';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { createSecrets } from '../../../scripts/secrets/secrets.ts';
import { runVerify } from '../run-verify.ts';
import { record, writeHar } from './make-har.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_126);
/** How many HAR files are compared. Each starts a process. */
const files = 8;
const entriesOfFile = 40;

let mock: Mock;
let good: unknown[];

beforeAll(async () => {
  mock = await startMock();
  const body = new URLSearchParams({ grant_type: 'password', username: 'a@b.dev', password: 'secret-1' });
  good = [
    await record(mock.url, '/api/token', { method: 'POST', body }),
    await record(mock.url, '/api/auth/media/customer', { headers: { authorization: 'Bearer secret-2' } }),
    await record(mock.url, '/user/login?server=true&t=secret-3&redirectUrl=%2Fuser%2Finvoices'),
  ];
}, 60_000);
afterAll(() => mock.close());

const nested = (depth: number): unknown => {
  let node: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) {
    node = level % 2 === 0 ? [node] : { node };
  }
  return node;
};

/** What another tool could have in place of a value. */
const oddity: Arbitrary<unknown> = fastCheck.oneof(
  fastCheck.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    '',
    ' ',
    '\u0000',
    '__proto__',
  ),
  fastCheck.constantFrom<unknown>(
    [],
    {},
    [null],
    [[]],
    [{ name: 1 }],
    { name: 'token', value: null },
    nested(400),
    nested(3000),
  ),
  fastCheck.constantFrom(
    'base64',
    'application/json',
    'text/html; charset=',
    'multipart/form-data',
    'GET',
    'get',
  ),
  fastCheck.constantFrom(
    'https://[',
    'data:,',
    'about:blank',
    '//host',
    'https://a.example/%',
    'blob:https://a/b',
  ),
  fastCheck.constantFrom('{"token":', '%ff=%zz&&=', 'eyJ', '"'.repeat(5000), '$'.repeat(5000), '\ud800'),
  fastCheck.jsonValue(),
);

/** A place in an entry, chosen on the way down by what is left of each number. */
const route = fastCheck.array(fastCheck.nat(), { minLength: 1, maxLength: 6 });

function replaceAt(node: unknown, [turn = 0, ...rest]: readonly number[], value: unknown): unknown {
  if (typeof node !== 'object' || node === null || Object.keys(node).length === 0) {
    return value;
  }
  const keys = Object.keys(node);
  const key = keys[turn % keys.length] ?? '';
  const child = (node as Record<string, unknown>)[key];
  const replaced = rest.length === 0 ? value : replaceAt(child, rest, value);
  return Array.isArray(node) ? node.with(Number(key), replaced) : { ...node, [key]: replaced };
}

const changes = fastCheck.array(fastCheck.tuple(fastCheck.nat(2), route, oddity), {
  minLength: entriesOfFile,
  maxLength: entriesOfFile,
});

function listMutants(run: number): unknown[] {
  const [sample = []] = fastCheck.sample(changes, { seed: seed + run, numRuns: 1 });
  return sample.map(([index, path, value]) => replaceAt(good[index], path, value));
}

const isReadable = (entry: unknown) => readHar(writeHar([entry]), createSecrets()).har !== undefined;

describe('verify --har, given the HAR of any tool', () => {
  it.each(Array.from({ length: files }, (_, run) => run))(
    'compares it, or finds what is wrong with it: %i',
    async (run) => {
      const mutants = listMutants(run);
      const readable = mutants.filter(isReadable);
      const all = await runVerify(['--har', writeHar(mutants), '--json']);
      expect(all.exitCode, `FUZZ_SEED=${seed}`).toBeLessThan(2);
      const some = await runVerify(['--har', writeHar(readable), '--json']);
      expect(some.stdout).not.toContain('traffic.unreadable');
      expect(some.stdout + all.stdout).not.toMatch(/secret-\d/);
    },
  );
});
