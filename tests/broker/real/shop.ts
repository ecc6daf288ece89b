import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { command as record } from '../../../scripts/broker/deployment.ts';
import { command as publish } from '../../../scripts/broker/publish.ts';
import { command as canIDeploy } from '../../../scripts/check/can-i-deploy.ts';
import { command as check } from '../../../scripts/check/command.ts';
import type { Command } from '../../../scripts/cli/command.ts';
import { command as verify } from '../../../scripts/verify/command.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

type CommandName = 'publish' | 'can-i-deploy' | 'record-deployment' | 'check' | 'verify';

const commands: Record<CommandName, Command> = {
  publish,
  'can-i-deploy': canIDeploy,
  'record-deployment': record,
  check,
  verify,
};

/** A provider and two consumers, with names that no other test has. */
export interface Shop {
  shop: string;
  web: string;
  app: string;
  folder: string;
  /** Writes a spec whose product has these fields, and gives its path. */
  writeSpec: (...fields: string[]) => string;
  /** Writes a pact of a consumer that reads one field of a product, and gives its path. */
  writePact: (consumer: string, field: string) => string;
  /** Writes a config with the spec, and gives its path. */
  writeConfig: (spec: string) => string;
  /** Runs a command against the broker. */
  run: (name: CommandName, ...args: string[]) => Promise<CommandResult>;
  /** Publishes a pact of a consumer that reads one field, under its version. */
  publish: (consumer: string, version: string, field: string, ...args: string[]) => Promise<CommandResult>;
  /** Checks the pacts of the broker against a spec by the fastest gate, as a version of the provider on its branch `main`. */
  check: (version: string, spec: string, ...args: string[]) => Promise<CommandResult>;
}

const values: Record<string, unknown> = { name: 'Kettle', price: 2900, colour: 'red' };

/** Makes a shop whose commands call a broker. */
export function makeShop(url: string, env: Record<string, string> = {}): Shop {
  const id = randomUUID().slice(0, 8);
  const [shop, web, app] = [`shop-${id}`, `web-${id}`, `app-${id}`];
  const folder = makeTemporaryFolder();
  const write = (name: string, value: unknown): string => {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
    return file;
  };
  const run: Shop['run'] = (name, ...args) =>
    runCommand(commands[name], args, { ...env, PACT_BROKER_BASE_URL: url });
  const writePact: Shop['writePact'] = (consumer, field) =>
    write(`pacts/${consumer}.json`, makePact(consumer, shop, field));
  const writeSpec: Shop['writeSpec'] = (...fields) =>
    write(`${fields.join('-')}.json`, makeSpec(shop, fields));
  return {
    shop,
    web,
    app,
    folder,
    writeSpec,
    writePact,
    writeConfig: (spec) => write('contract.config.js', makeConfig(spec, shop)),
    run,
    publish: (consumer, version, field, ...args) =>
      run('publish', '--pact', writePact(consumer, field), '--version', version, '--branch', 'main', ...args),
    check: (version, spec, ...args) => {
      const own = ['--provider-version', version, '--provider-branch', 'main', '--only', 'pact-against-spec'];
      return run('check', '--pact-broker', '--spec', spec, ...own, ...args);
    },
  };
}

function makeConfig(spec: string, provider: string): string {
  const config = { spec, provider, verify: { states: [{ state: 'a product' }] } };
  return `export default ${JSON.stringify(config)};`;
}

function makePact(consumer: string, provider: string, field: string): object {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [
      {
        description: `a request for the ${field} of a product`,
        providerStates: [{ name: 'a product' }],
        request: { method: 'GET', path: '/products/7' },
        response: {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: { [field]: values[field] },
          matchingRules: { body: { [`$.${field}`]: { matchers: [{ match: 'type' }] } } },
        },
      },
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
  };
}

function makeSpec(provider: string, fields: readonly string[]): object {
  const schema = {
    type: 'object',
    required: fields,
    properties: Object.fromEntries(fields.map((field) => [field, { type: typeof values[field] }])),
  };
  const example = { 'x-provider-state': 'a product', value: pick(fields) };
  const content = { 'application/json': { schema, examples: { a_product: example } } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 7 };
  const getProduct = {
    operationId: 'getProduct',
    parameters: [id],
    responses: { '200': { description: 'The product.', content } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1.0.0', 'x-pact-provider': provider },
    security: [],
    servers: [{ url: 'https://shop.example.com' }],
    paths: { '/products/{id}': { get: getProduct } },
  };
}

function pick(fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/** A provider that runs. */
export interface RunningShop extends AsyncDisposable {
  url: string;
}

/** Serves the product with these fields. */
export async function serveShop(...fields: string[]): Promise<RunningShop> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(pick(fields)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
