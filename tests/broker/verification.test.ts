import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command as check } from '../../scripts/check/command.ts';
import { command as verify } from '../../scripts/verify/command.ts';
import { type BrokerAnswer, type FakeBroker, startFakeBroker } from './fake-broker.ts';
import { makePactRepository } from './pact-repository.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const spec = 'examples/broker/openapi.yaml';
const pactPath = '/pacts/provider/shop/consumer/app/pact-version/1';
const resultsPath = `${pactPath}/verification-results`;

/** Starts a broker with the pact of `app`, which reads the price of a product. */
async function startBrokerWithPact({
  pending = false,
  ...answers
}: { pending?: boolean } & Record<string, unknown> = {}): Promise<FakeBroker> {
  const served: Record<string, BrokerAnswer> = {};
  const broker = await startFakeBroker(served);
  const pact = JSON.parse(readFileSync('examples/broker/app-shop.json', 'utf8'));
  const self = { href: `${broker.url}${pactPath}/metadata/abc`, name: 'Pact between app (1) and shop' };
  const list = { _embedded: { pacts: [{ verificationProperties: { pending }, _links: { self } }] } };
  const results = { href: broker.url + resultsPath };
  Object.assign(served, {
    '/pacts/provider/shop/for-verification': { status: 200, body: list },
    [`${pactPath}/metadata/abc`]: {
      status: 200,
      body: { ...pact, _links: { 'pb:publish-verification-results': results } },
    },
    '/pacticipants/shop/branches/main/versions/s1': { status: 201, body: {} },
    [resultsPath]: { status: 201, body: {} },
    ...answers,
  });
  return broker;
}

const run = ({ url }: FakeBroker, ...args: string[]): Promise<CommandResult> => {
  const own = ['--pact-broker', '--provider-version', 's1', '--provider-branch', 'main'];
  return runCommand(check, [...own, '--only', 'pact-against-spec', ...args], { PACT_BROKER_BASE_URL: url });
};

const listCalls = ({ requests }: FakeBroker) =>
  requests.slice(1).map(({ method, url, body }) => ({
    call: `${method} ${url.pathname}`,
    ...(body === '' ? {} : { body: JSON.parse(body) }),
  }));

describe('check --pact-broker', () => {
  it('fetches the pacts of the main branches and of what is deployed, and publishes nothing', async () => {
    const broker = await startBrokerWithPact();
    const { exitCode, stderr } = await run(broker, '--spec', spec);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Pact between app (1) and shop\n');
    expect(listCalls(broker)).toEqual([
      {
        call: 'POST /pacts/provider/shop/for-verification',
        body: {
          consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
          providerVersionBranch: 'main',
          includePendingStatus: true,
        },
      },
      { call: `GET ${pactPath}/metadata/abc` },
    ]);
  });

  it('publishes the branch of the provider and then the results with --publish', async () => {
    const broker = await startBrokerWithPact();
    const { exitCode } = await run(broker, '--spec', spec, '--publish');
    expect(exitCode).toBe(0);
    const verifiedBy = expect.objectContaining({ implementation: 'openapi-contract-kit' });
    expect(listCalls(broker).slice(2)).toEqual([
      { call: 'PUT /pacticipants/shop/branches/main/versions/s1', body: {} },
      {
        call: `POST ${resultsPath}`,
        body: { success: true, providerApplicationVersion: 's1', verifiedBy, testResults: [] },
      },
    ]);
  });

  it.each([
    ['fails at a pact that breaks the spec', false, 1, 'error'],
    ['warns where that pact is pending', true, 0, 'warning'],
  ])('%s, names its place at the broker, and publishes a failure', async (_, pending, code, severity) => {
    const broker = await startBrokerWithPact({ pending });
    const { write } = makePactRepository();
    const broken = write('renamed.yaml', readFileSync(spec, 'utf8').replaceAll('price', 'amount'));
    const { exitCode, stdout } = await run(broker, '--spec', broken, '--publish');
    expect(exitCode).toBe(code);
    expect(stdout).toContain(`${broker.url}${pactPath}\n    ${severity}  pact.breaks-spec`);
    expect(listCalls(broker).at(-1)?.body).toMatchObject({
      success: false,
      testResults: [{ success: false, code: 'pact.breaks-spec' }],
    });
  });

  it('ends with 2 where the broker does not take the results', async () => {
    const answer = { status: 422, body: { errors: { success: ['is missing'] } } };
    const broker = await startBrokerWithPact({ [resultsPath]: answer });
    const { exitCode, stderr } = await run(broker, '--spec', spec, '--publish');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The broker did not take the results (422): success is missing');
  });

  it('publishes nothing for a spec that differs from its commit', async () => {
    const broker = await startBrokerWithPact();
    const { write, commit } = makePactRepository();
    const changed = write('openapi.yaml', readFileSync(spec, 'utf8'));
    const args = ['--pact-broker', '--publish', '--spec', changed];
    const { exitCode, stderr } = await runCommand(check, args, { PACT_BROKER_BASE_URL: broker.url });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Cannot publish under commit ${commit}: ${changed} differs from that commit.`);
    expect(broker.requests).toEqual([]);
  });

  it('publishes nothing where the spec cannot be read', async () => {
    const broker = await startBrokerWithPact();
    const { write } = makePactRepository();
    const unreadable = write('openapi.yaml', `${readFileSync(spec, 'utf8')}\nsecurity: nonsense\n`);
    const { exitCode, stdout } = await run(broker, '--spec', unreadable, '--publish');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('spec.unreadable');
    expect(broker.requests).toEqual([]);
  });
});

describe('the options of a broker', () => {
  it.each([
    [check, ['--publish'], '--publish works only with --pact-broker.'],
    [check, ['--pact', 'pacts', '--selector', '{}'], '--selector works only with --pact-broker.'],
    [verify, ['--base-url', 'http://127.0.0.1', '--publish'], '--publish works only with --pact-broker.'],
    [verify, ['--har', 'x.har', '--pact-broker'], '--pact-broker works only with --base-url.'],
    [verify, ['--base-url', 'http://127.0.0.1', '--pact-broker', '--pact', 'x'], 'Pass one of them.'],
  ])('are refused where they mean nothing: %# %j', async (command, args, reason) => {
    expect(await runCommand(command, args)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(reason),
    });
  });
});

describe('a broker that fails for a moment', () => {
  it.each([
    ['is asked again', '1', 2],
    ['is not asked again without retries', '0', 1],
  ])('%s', async (_, retries, calls) => {
    const broker = await startFakeBroker({ '/': { status: 503 } });
    const env = { PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_HTTP_RETRIES: retries };
    const args = ['--pact-broker', '--spec', spec, '--provider-branch', 'main'];
    const { exitCode, stderr } = await runCommand(check, args, env);
    expect([exitCode, broker.requests.length]).toEqual([2, calls]);
    expect(stderr).toContain('failed with 503');
  });
});
