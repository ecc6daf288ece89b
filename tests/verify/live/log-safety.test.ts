import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { runVerify } from '../run-verify.ts';
import { answerWith, serve } from '../serve.ts';

const forged = 'a\n::error::forged\r\n::add-mask::b ##[stop-commands]c \u001b[31md\u009b2Je\u202e';
const mediaToken = { method: 'GET', path: '/api/auth/media/customer' };
const interactions = [
  { name: 'the bearer token is expired', request: mediaToken },
  { name: 'the bearer token is expired', request: { ...mediaToken, path: `/${forged}` } },
  { name: 'the bearer token is expired', request: { ...mediaToken, method: forged } },
  {
    name: 'the bearer token is expired',
    request: { ...mediaToken, query: { [`${forged}`]: ['1'], _method: ['a'] } },
  },
  { name: forged, request: mediaToken },
].map(({ name, request }) => ({
  description: forged,
  providerStates: [{ name }],
  request,
  response: { status: 401 },
}));

async function replay(...args: string[]): Promise<string[]> {
  const file = join(makeTemporaryFolder(), 'pact.json');
  const metadata = { pactSpecification: { version: '3.0.0' } };
  writeFileSync(
    file,
    JSON.stringify({ consumer: { name: 'us' }, provider: { name: 'them' }, interactions, metadata }),
  );
  const url = await serve(answerWith(418));
  const run = runVerify(['--base-url', url, '--pact', file, ...args]);
  const printed = await run.then(
    ({ stdout, stderr }) => stderr + stdout,
    (error: Error) => error.message,
  );
  return printed.split('\n');
}

describe('verify --base-url', () => {
  it.each([[[]], [['--json']], [['--state', 'another one']]])(
    'prints no command and no control character of a pact to a log, with %j',
    async (args) => {
      const lines = await replay(...args);
      expect(lines.join('\n')).toContain('forged');
      expect(lines.filter((line) => /^\s*::|##\w*\[|[\p{Cc}\u202e]/u.test(line))).toEqual([]);
    },
  );

  it('gives the texts of a pact unchanged with --json', async () => {
    const lines = await replay('--json');
    const { replayed } = JSON.parse(lines.slice(lines.indexOf('{')).join('\n'));
    expect(replayed).toEqual([{ description: forged, states: ['the bearer token is expired'] }]);
  });
});
