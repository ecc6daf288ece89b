import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command as publish } from '../../../scripts/broker/publish.ts';
import { makePactRepository } from '../pact-repository.ts';
import { runCommand } from '../run-command.ts';
import { obstacle, useBroker } from './real-broker.ts';
import { makeShop } from './shop.ts';

if (obstacle !== undefined) {
  console.info(`skipped: tests with a real Pact Broker, ${obstacle}`);
}

const broker = useBroker();

describe.skipIf(obstacle !== undefined)('publish, on a real broker', () => {
  it('publishes under the commit and the branch of git', async () => {
    const { shop, web, writePact } = makeShop(broker.url);
    const { write, git } = makePactRepository();
    const pact = write('web.json', readFileSync(writePact(web, 'name'), 'utf8'));
    git('add', '.');
    git('commit', '--quiet', '--message=pact');
    const { exitCode, stdout } = await runCommand(publish, ['--pact', pact], {
      PACT_BROKER_BASE_URL: broker.url,
    });
    const commit = git('rev-parse', 'HEAD');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `Pact successfully published for ${web} version ${commit} and provider ${shop}.`,
    );
    expect(await broker.get(`/pacticipants/${web}/branches/trunk/versions/${commit}`)).not.toHaveProperty(
      'error',
    );
    expect(await broker.get(`/pacts/provider/${shop}/consumer/${web}/version/${commit}`)).toMatchObject({
      interactions: [{ description: 'a request for the name of a product' }],
    });
  });

  it('takes a pact again that is unchanged', async () => {
    const { web, publish } = makeShop(broker.url);
    await publish(web, '1', 'name');
    const { exitCode, stdout } = await publish(web, '1', 'name');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('successfully republished');
    expect(stdout).toContain('with no content changes');
  });

  it('ends with 1 at another content of the same version, and shows the difference', async () => {
    const { web, publish } = makeShop(broker.url);
    await publish(web, '1', 'name');
    const { exitCode, stdout } = await publish(web, '1', 'price');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('The broker refused (409):\nCannot change the content of the pact for');
    expect(stdout).toMatch(/^\+.*a request for the price of a product/m);
  });

  it('publishes all pacts in a folder, of different consumers', async () => {
    const { web, app, folder, run, writePact } = makeShop(broker.url);
    writePact(web, 'name');
    writePact(app, 'price');
    const args = ['--pact', `${folder}/pacts`, '--version', '1', '--branch', 'main'];
    expect((await run('publish', ...args)).exitCode).toBe(0);
    for (const consumer of [web, app]) {
      expect(await broker.get(`/pacticipants/${consumer}/versions/1`)).toMatchObject({ number: '1' });
    }
  });

  it('tags a version', async () => {
    const { web, publish } = makeShop(broker.url);
    await publish(web, '1', 'name', '--tag', 'prod', '--tag', 'eu');
    const { _embedded: embedded } = await broker.get(`/pacticipants/${web}/versions/1`);
    expect(embedded).toMatchObject({
      tags: expect.arrayContaining([expect.objectContaining({ name: 'eu' })]),
    });
  });
});

describe.skipIf(obstacle !== undefined)('record-deployment, on a real broker', () => {
  it('records what is deployed, instead of what was', async () => {
    const { web, publish, run } = makeShop(broker.url);
    await publish(web, '1', 'name');
    await publish(web, '2', 'name');
    for (const version of ['1', '2']) {
      const args = ['--pacticipant', web, '--version', version, '--to', 'production'];
      expect(await run('record-deployment', ...args)).toMatchObject({
        exitCode: 0,
        stdout: `Recorded: ${web} ${version} is deployed in production.\n`,
      });
    }
    const deployedIn = async (version: string) =>
      (await broker.get(`/pacticipants/${web}/versions/${version}`))._links?.['pb:deployed-environments'];
    expect(await deployedIn('1')).toMatchObject([{ name: 'production', currently_deployed: false }]);
    expect(await deployedIn('2')).toMatchObject([{ name: 'production', currently_deployed: true }]);
  });

  it.each([
    ['a version that nobody published', '9', 'production', 'It knows no version 9 of web-'],
    ['an environment that is not there', '1', 'moon', 'It knows no environment moon, only '],
  ])('ends with 1 at %s', async (_, version, environment, reason) => {
    const { web, publish, run } = makeShop(broker.url);
    await publish(web, '1', 'name');
    const args = ['--pacticipant', web, '--version', version, '--to', environment];
    const { exitCode, stdout } = await run('record-deployment', ...args);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(reason);
  });
});

describe.skipIf(obstacle !== undefined)('can-i-deploy, on a real broker', () => {
  it('says yes, no or unknown to the consumer, with the reason', async () => {
    const { shop, web, publish, run, check, writeSpec } = makeShop(broker.url);
    const ask = (version: string) =>
      run('can-i-deploy', '--pacticipant', web, '--version', version, '--to', 'production');
    await publish(web, '1', 'name');
    const unknown = await ask('1');
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stdout).toContain(`unknown: There is no verified pact between version 1 of ${web}`);
    await check('s1', writeSpec('name'), '--publish');
    await run('record-deployment', '--pacticipant', shop, '--version', 's1', '--to', 'production');
    const yes = await ask('1');
    expect(yes.exitCode).toBe(0);
    expect(yes.stdout).toMatch(/yes: All required verification results are published and successful\n$/);
    await publish(web, '2', 'price');
    await check('s1', writeSpec('name'), '--publish');
    const no = await ask('2');
    expect(no.exitCode).toBe(1);
    expect(no.stdout).toMatch(
      /failure\nno: The verification for the pact between version 2 of web-.* failed/,
    );
  });

  it('says yes, no or unknown to the provider, with the reason', async () => {
    const { shop, web, publish, run, check, writeSpec } = makeShop(broker.url);
    const ask = (version: string) =>
      run('can-i-deploy', '--pacticipant', shop, '--version', version, '--to', 'production');
    await publish(web, '1', 'name');
    await check('s1', writeSpec('name'), '--publish');
    await run('record-deployment', '--pacticipant', web, '--version', '1', '--to', 'production');
    expect(await ask('s1')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('yes: All required'),
    });
    await check('s2', writeSpec('price'), '--publish');
    expect(await ask('s2')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('no: The verif') });
    await publish(web, '2', 'price');
    await run('record-deployment', '--pacticipant', web, '--version', '2', '--to', 'production');
    expect(await ask('s1')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('unknown: There is no'),
    });
  });

  it.each([
    ['an application that is not there', 'nobody-at-all', '1', 'production', 'pacticipant does not match'],
    [
      'an environment that is not there',
      undefined,
      '1',
      'moon',
      "environment with name 'moon' does not exist",
    ],
    ['a version that is not there', undefined, '9', 'production', 'no: No pacts or verifications'],
  ])('ends with 1 at %s', async (_, name, version, environment, reason) => {
    const { web, publish, run } = makeShop(broker.url);
    await publish(web, '1', 'name');
    const args = ['--pacticipant', name ?? web, '--version', version, '--to', environment];
    const { exitCode, stdout } = await run('can-i-deploy', ...args);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(reason);
  });
});
