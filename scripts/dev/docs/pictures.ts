import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { command as check } from '../../check/command.ts';
import { SetupError } from '../../cli/command.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { type Mock, startMock } from '../../mock/index.ts';
import { drawTerminal } from './terminal.ts';

const schemes = ['light', 'dark'] as const;
// From the root of the repository, as the console shows it.
const specFile = 'openapi/nexudus-auth.yaml';
const pactFile = 'contracts/pacts/nexudus-portal-nexudus-api.json';

/**
 * Draws the pictures of the README from the real thing: the console of a mock with some traffic, and a `check` of a spec
 * with one change. Each is drawn for light and dark pages.
 *
 * @param folder Default: `docs/pictures`
 * @returns the files
 * @throws {SetupError} where there is no Chromium
 */
export async function drawPictures(folder: string = toolkitFile('docs/pictures')): Promise<string[]> {
  return [...(await drawConsole(folder)), ...(await drawCheck(folder))];
}

async function drawConsole(folder: string): Promise<string[]> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new SetupError(`There is no Chromium at ${executablePath}. Name one in CHROMIUM_PATH.`);
  }
  await using mock = await startMock({ specFile, simulate: true, port: 4010 });
  await makeTraffic(mock);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const files: string[] = [];
    for (const colorScheme of schemes) {
      const page = await browser.newPage({ viewport: { width: 1120, height: 700 }, colorScheme });
      await page.goto(`${mock.url}/__mock__/`);
      await page.getByText('Get a one-time token').first().waitFor();
      await page.locator('#traffic-list li').nth(4).waitFor();
      const file = join(folder, `console-${colorScheme}.png`);
      await page.screenshot({ path: file });
      files.push(file);
      await page.close();
    }
    return files;
  } finally {
    await browser.close();
  }
}

/** What somebody does who tries a sign-in: one that works, and the failures. */
async function makeTraffic(mock: Mock): Promise<void> {
  const signIn = (form: Record<string, string>): Promise<Response> =>
    fetch(`${mock.url}/api/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', ...form }),
    });
  const credentials = { username: 'ada@lovelace.dev', password: 'correct-horse' };
  const signedIn = await signIn(credentials);
  const { access_token } = (await signedIn.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  const issue = (): Promise<Response> =>
    fetch(`${mock.url}/api/sys/users/token/refresh`, { method: 'POST', headers });
  await issue();
  await signIn({ ...credentials, password: 'wrong-password' });
  await signIn({ ...credentials, username: 'two-factor@lovelace.dev' });
  await fetch(`${mock.url}/api/auth/media/customer`, { headers });
  mock.force({ operationId: 'getOneTimeToken', status: 500, example: 'failed', times: 2 });
  await issue();
}

/** Renames a property of a response, as a provider might, and shows how `check` finds who relies on it. */
async function drawCheck(folder: string): Promise<string[]> {
  const made = mkdtempSync(join(tmpdir(), 'check-'));
  const before = process.cwd();
  try {
    writeFileSync(join(made, 'openapi.yaml'), renameProperty(readFileSync(toolkitFile(specFile), 'utf8')));
    writeFileSync(join(made, 'pact.json'), readFileSync(toolkitFile(pactFile)));
    process.chdir(made);
    const typed = 'check openapi.yaml --pact pact.json';
    const lines = [`$ npx nexudus-auth-contract ${typed}`];
    const exitCode = await check.run(typed.split(' ').slice(1), {
      stdout: (text) => lines.push(...text.split('\n')),
      stderr: () => {},
      env: process.env,
      useColors: true,
    });
    if (exitCode !== 1)
      throw new Error(`check ended with ${exitCode}, expected findings:\n${lines.join('\n')}`);
    return schemes.map((scheme) => {
      const file = join(folder, `check-${scheme}.svg`);
      writeFileSync(file, drawTerminal(lines, scheme));
      return file;
    });
  } finally {
    process.chdir(before);
    rmSync(made, { recursive: true });
  }
}

function renameProperty(spec: string): string {
  const renamed = spec.replace('required: [jwt]', 'required: [token]').replaceAll(/^( +)jwt:/gm, '$1token:');
  if (renamed === spec) throw new Error('The spec has no property "jwt" to rename.');
  return renamed;
}
