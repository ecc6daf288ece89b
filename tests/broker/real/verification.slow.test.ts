import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../scripts/broker/resource.ts';
import { obstacle, useBroker } from './real-broker.ts';
import { makeShop, type Shop, serveShop } from './shop.ts';

const broker = useBroker();

/** Gets the latest result of a pact, or the error that there is none. */
async function getResult({ shop }: Shop, consumer: string, version = '1'): Promise<Resource> {
  const place = `/pacts/provider/${shop}/consumer/${consumer}`;
  const { _links: links } = await broker.get(`${place}/version/${version}`);
  const { href = '' } = (links?.['pb:latest-verification-results'] ?? {}) as { href?: string };
  return broker.get(href.replace(broker.url, ''));
}

describe.skipIf(obstacle !== undefined)('check --pact-broker, on a real broker', () => {
  it('publishes the result of each pact against the spec, with its reasons', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    await shop.publish(shop.app, '1', 'price');
    const { stderr } = await shop.check('s1', shop.writeSpec('name'), '--publish');
    expect(stderr).toContain(`published: Pact between ${shop.web} (1) and ${shop.shop}, success`);
    expect(await getResult(shop, shop.web)).toMatchObject({
      success: true,
      providerApplicationVersion: 's1',
      verifiedBy: { implementation: 'openapi-contract-kit' },
      testResults: [],
    });
    expect(await getResult(shop, shop.app)).toMatchObject({
      success: false,
      testResults: expect.arrayContaining([
        { success: false, code: 'pact.breaks-spec', message: expect.stringContaining('price') },
      ]),
    });
    expect(await broker.get(`/pacticipants/${shop.shop}/branches/main/versions/s1`)).not.toHaveProperty(
      'error',
    );
  });

  it('publishes nothing without --publish', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    expect((await shop.check('s1', shop.writeSpec('name'))).exitCode).toBe(0);
    expect(await getResult(shop, shop.web)).toHaveProperty('error');
    expect(await broker.get(`/pacticipants/${shop.shop}/versions/s1`)).toHaveProperty('error');
  });

  it('warns of a pending pact that fails, and fails once the pact has worked', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.app, '1', 'price');
    const pending = await shop.check('s1', shop.writeSpec('name'), '--publish');
    expect(pending.exitCode).toBe(0);
    expect(pending.stderr).toContain(`Pact between ${shop.app} (1) and ${shop.shop}, pending`);
    expect(pending.stdout).toMatch(/warning {2}pact\.breaks-spec/);
    await shop.check('s2', shop.writeSpec('price'), '--publish');
    const broken = await shop.check('s3', shop.writeSpec('name'), '--publish');
    expect(broken.exitCode).toBe(1);
    expect(broken.stdout).toMatch(/error {2}pact\.breaks-spec/);
    expect(broken.stdout).toContain(
      `${broker.url}/pacts/provider/${shop.shop}/consumer/${shop.app}/pact-version/`,
    );
  });

  it('fetches work in progress with --wip-since only, and warns of what it breaks', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    await shop.check('s1', shop.writeSpec('name'), '--publish');
    const pact = shop.writePact(shop.web, 'price');
    await shop.run('publish', '--pact', pact, '--version', '2', '--branch', 'feature');
    const without = await shop.check('s2', shop.writeSpec('name'));
    expect(without.stderr).not.toContain(`(2)`);
    const { exitCode, stdout, stderr } = await shop.check(
      's2',
      shop.writeSpec('name'),
      '--wip-since',
      '2020-01-01',
    );
    expect(stderr).toContain(`Pact between ${shop.web} (2) and ${shop.shop}, pending`);
    expect([exitCode, stdout.includes('warning  pact.breaks-spec')]).toEqual([0, true]);
  });

  it('fetches what --selector chooses', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name', '--tag', 'prod');
    await shop.publish(shop.web, '2', 'colour');
    await shop.run('record-deployment', '--pacticipant', shop.web, '--version', '2', '--to', 'test');
    const fetched = async (...selectors: object[]) => {
      const args = selectors.flatMap((selector) => ['--selector', JSON.stringify(selector)]);
      const { stderr } = await shop.check('s1', shop.writeSpec('name', 'colour'), ...args);
      return [...stderr.matchAll(/Pact between \S+ \((\d)\)/g)].map(([, version]) => version);
    };
    expect(await fetched({ tag: 'prod' })).toEqual(['1']);
    expect(await fetched({ deployed: true, environment: 'test' })).toEqual(['2']);
    expect((await fetched({ tag: 'prod' }, { branch: 'main', latest: true })).sort()).toEqual(['1', '2']);
  });

  it.each([
    [
      'a selector that the broker does not take',
      ['--selector', '{"mainBrnch":true}'],
      'must specify a value',
    ],
    ['a selector that chooses nothing', ['--selector', '{"branch":"none"}'], 'has no pact with the provider'],
    ['a selector that is not JSON', ['--selector', 'main'], '--selector is main, expected a JSON object'],
    ['no date', ['--wip-since', 'monday'], '--wip-since is "monday", expected a date'],
    ['files as well', ['--pact', 'pacts'], 'Pass one of them.'],
  ])('ends with 2 at %s', async (_, args, reason) => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    const { exitCode, stderr } = await shop.check('s1', shop.writeSpec('name'), ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('ends with 2 at a provider that nobody has a pact with', async () => {
    const shop = makeShop(broker.url);
    const { exitCode, stderr } = await shop.check('s1', shop.writeSpec('name'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`(404): No provider with name '${shop.shop}' found. Publish a pact`);
  });

  it('checks the other pacts where one is none, and where one has messages only', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    await putPact(shop, 'queue', {
      interactions: [{ type: 'Asynchronous/Messages', description: 'a sale', contents: {} }],
      metadata: { pactSpecification: { version: '4.0' } },
    });
    await putPact(shop, shop.app, { interactions: [{ description: 'a call' }] });
    const selector = ['--selector', '{"latest":true}', '--publish'];
    const { stdout, stderr } = await shop.check('s1', shop.writeSpec('name'), ...selector);
    expect(stderr).toMatch(/left out: Pact between queue-\S+ \(1\) and \S+ has no HTTP interaction\./);
    expect(stdout).toContain('pact.unreadable');
    expect(await getResult(shop, shop.web)).toMatchObject({ success: true });
    expect(await getResult(shop, shop.app)).toMatchObject({ success: false });
  });
});

// What `publish` would refuse to publish.
async function putPact({ shop }: Shop, consumer: string, pact: object): Promise<void> {
  const name = consumer === 'queue' ? shop.replace('shop', 'queue') : consumer;
  const body = JSON.stringify({ consumer: { name }, provider: { name: shop }, ...pact });
  const headers = { 'content-type': 'application/json' };
  const place = `${broker.url}/pacts/provider/${shop}/consumer/${name}/version/1`;
  expect((await fetch(place, { method: 'PUT', headers, body })).status).toBe(201);
}

describe.skipIf(obstacle !== undefined)('verify --pact-broker, on a real broker', () => {
  const verify = (shop: Shop, provider: string, version: string, ...args: string[]) => {
    const config = shop.writeConfig(shop.writeSpec('name', 'price'));
    const own = ['--provider-version', version, '--provider-branch', 'main', '--config', config];
    return shop.run('verify', '--base-url', provider, '--pact-broker', '--publish', ...own, ...args);
  };

  it('replays the pacts on a provider that runs, and publishes the results', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    await shop.publish(shop.app, '1', 'price');
    await using provider = await serveShop('name', 'price');
    const works = await verify(shop, provider.url, 's1');
    expect(works).toMatchObject({ exitCode: 0, stdout: '2 of 2 interactions replayed, 0 findings\n' });
    expect(await getResult(shop, shop.app)).toMatchObject({
      success: true,
      providerApplicationVersion: 's1',
    });
    await using poorer = await serveShop('name');
    const broken = await verify(shop, poorer.url, 's2');
    expect(broken.exitCode).toBe(1);
    expect(broken.stdout).toContain('error provider.breaks-pact: "a request for the price of a product"');
    expect(await getResult(shop, shop.app)).toMatchObject({
      success: false,
      providerApplicationVersion: 's2',
    });
    expect(await getResult(shop, shop.web)).toMatchObject({
      success: true,
      providerApplicationVersion: 's2',
    });
  });

  it('publishes no result for a pact that was not replayed as a whole', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.web, '1', 'name');
    const pact = JSON.parse(
      JSON.stringify(await broker.get(`/pacts/provider/${shop.shop}/consumer/${shop.web}/latest`)),
    );
    const [interaction] = pact.interactions;
    pact.interactions.push({ ...interaction, providerStates: [{ name: 'sold out' }] });
    const file = `${shop.folder}/two.json`;
    writeFileSync(file, JSON.stringify(pact));
    await shop.run('publish', '--pact', file, '--version', '2', '--branch', 'main');
    await using provider = await serveShop('name', 'price');
    const { exitCode, stdout, stderr } = await verify(shop, provider.url, 's1');
    expect([exitCode, stdout]).toEqual([0, '1 of 2 interactions replayed, 0 findings\n']);
    expect(stderr).toContain(`no result to publish: not all interactions of Pact between ${shop.web} (2)`);
    expect(await getResult(shop, shop.web, '2')).toHaveProperty('error');
  });

  it('warns of a pending pact that fails', async () => {
    const shop = makeShop(broker.url);
    await shop.publish(shop.app, '1', 'price');
    await using provider = await serveShop('name');
    const { exitCode, stdout } = await verify(shop, provider.url, 's1');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('warning provider.breaks-pact');
  });
});
