import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runTool } from '../../scripts/cli/tool.ts';
import { pactFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

it('the consumer tests write the same pact through openapi-fetch, byte for byte', async () => {
  const folder = makeTemporaryFolder();
  const pacts = join(folder, 'pacts');
  const called = join(folder, 'called.txt');
  const args = ['run', '--config', 'tests/contracts/openapi-fetch/vitest.config.ts'];
  const { exitCode, stdout, stderr } = await runTool('vitest', args, {
    env: { ...process.env, PACT_FOLDER: pacts, CALLED_OPERATIONS: called },
  });
  expect({ exitCode, said: exitCode === 0 ? '' : stdout + stderr }).toEqual({ exitCode: 0, said: '' });
  // The other operations are URLs that a browser goes to: nothing calls them.
  expect([...new Set(readFileSync(called, 'utf8').trim().split('\n'))].sort()).toEqual([
    'downloadInvoicePdf',
    'exchangeJwt',
    'getBearerToken',
    'getMediaToken',
    'getOneTimeToken',
  ]);
  const written = readFileSync(join(pacts, 'nexudus-portal-nexudus-api.json'), 'utf8');
  expect(written).toBe(readFileSync(pactFile, 'utf8'));
});
