import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { FindingCode } from '../cli/finding.ts';
import { quote, renderLiteral } from '../generate/text/literal.ts';
import { isBearerToken, listSchemes, makeUpSecret, placeCredential } from '../openapi/credentials.ts';
import type { OperationCases } from './cases.ts';

/** What a project is called and where its parts are, as all of its files need it. */
export interface Names {
  consumer: string;
  provider: string;
  /** The folder of the contract, from that of the project, with slashes. */
  folder: string;
  /** The spec, from the project's folder. */
  spec: string;
  /** The overlay, from the project's folder. Default: there is none. */
  overlay?: string;
}

/** A credential of a security scheme, and the variable that holds it for a live provider. */
export interface SchemeVariable {
  scheme: string;
  variable: string;
  purpose: string;
}

/**
 * Lists a variable for each security scheme of a document.
 */
export function listSchemeVariables(document: Oas3_1Definition, provider: string): SchemeVariable[] {
  return listSchemes(document).flatMap(([scheme, { type, ...rest }]) => {
    const purpose =
      type === 'apiKey'
        ? 'an API key'
        : type === 'http' && 'scheme' in rest && rest.scheme.toLowerCase() === 'basic'
          ? 'a user and a password, as user:password'
          : 'a bearer token';
    const variable = `${provider}_${scheme}`
      .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
      .replaceAll(/\W+/g, '_')
      .toUpperCase();
    return type === 'mutualTLS' ? [] : [{ scheme, variable: variable.replace(/^(?=\d)/, '_'), purpose }];
  });
}

/**
 * Lists the credentials that the tests send, by security scheme: all but bearer tokens, which each call names.
 */
export function listTestCredentials(document: Oas3_1Definition): Record<string, unknown> {
  const credentials = listSchemes(document).flatMap(([name, scheme]) => {
    const place = placeCredential(scheme);
    return place === undefined || isBearerToken(place) ? [] : [[name, makeUpSecret(scheme)] as const];
  });
  return Object.fromEntries(credentials);
}

/**
 * Renders `contract.config.ts`.
 *
 * @param operations those without a test are ignored where tests are counted
 * @param lowered the codes of findings that only the provider can fix, which are warnings therefore
 */
export function renderConfig(
  { consumer, provider, folder, spec, overlay }: Names,
  variables: readonly SchemeVariable[],
  lowered: readonly FindingCode[],
  operations: readonly OperationCases[],
): string {
  const untested = operations.flatMap(({ operation: { id, method, path, operation }, obstacle }) => {
    const name = operation.operationId === id ? id : `${method.toUpperCase()} ${path}`;
    return obstacle === undefined
      ? []
      : [
          {
            code: 'pact.misses-answer',
            operation: name,
            reason: `It has no consumer test yet: ${obstacle}.`,
          },
        ];
  });
  const ignore = untested.length === 0 ? '' : `    ignore: ${renderLiteral(untested, '    ')},\n`;
  const verify =
    variables.length === 0
      ? ''
      : `  // What \`verify --base-url\` sends to a live provider. List in \`states\` which provider states it is in.
  verify: {
    variables: ${renderLiteral(Object.fromEntries(variables.map(({ variable, purpose }) => [variable, { purpose }])), '    ')},
    credentials: ${renderLiteral(Object.fromEntries(variables.map(({ scheme, variable }) => [scheme, variable])), '    ')},
    states: [],
  },
`;
  return `import { type ContractConfig, defineContract } from 'openapi-contract-kit/config';

const config: ContractConfig = defineContract({
  spec: ${quote(spec)},
${overlay === undefined ? '' : `  overlays: [${quote(overlay)}],\n`}  generated: ${quote(`${folder}/generated`)},
  consumer: ${quote(consumer)},
  provider: ${quote(provider)},
  pacts: ${quote(`${folder}/pacts`)},
  consumerTests: { config: ${quote(`${folder}/vitest.config.ts`)} },
  typeCheck: [${quote(`${folder}/tsconfig.json`)}],
${verify}  gates: {
    // Only the provider can fix these in its document. Delete the lines if the document is yours.
    severities: {
${lowered.map((code) => `      ${quote(code)}: 'warning',\n`).join('')}    },
${ignore}  },
});

export default config;
`;
}

/** Leads from a folder to that of the project. */
function toTop(folder: string): string {
  return '../'.repeat(folder.split('/').length);
}

/**
 * Renders the config of vitest for the consumer tests.
 */
export function renderVitestConfig({ folder }: Names): string {
  return `import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  root: import.meta.dirname,
  cacheDir: '${toTop(folder)}node_modules/.vite',
  test: {
    include: ['**/*.contract.ts'],
    globalSetup: ['setup/pact-folder.ts'],
    // Pact loses interactions if several processes write one pact. Threads lose none.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
  },
});

export default config;
`;
}

/**
 * Renders the `tsconfig.json` of the contract.
 */
export function renderTypeScriptConfig(): string {
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
    module: 'nodenext',
    types: ['node'],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  };
  const lines = JSON.stringify({ compilerOptions, include: ['.'] }, null, 2);
  // On one line each, as people write them.
  return `${lines.replaceAll(/\[\s+([^\]]+?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`)}\n`;
}

/**
 * Renders the module that says where the tests write their pact.
 */
export function renderPactFolder({ folder }: Names): string {
  return `import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the tests write their pact. \`contract-kit contract\` names a folder of its own. */
export const pactFolder: string =
  process.env.PACT_FOLDER ?? resolve(import.meta.dirname, '../${toTop(folder)}reports/pacts');

/**
 * Empties the folder before the first test. Pact merges into a file that is there, and would keep interactions that no
 * test writes any more.
 */
export default function emptyPactFolder(): void {
  rmSync(pactFolder, { recursive: true, force: true });
}
`;
}

const formHelper = `
type Interaction = ReturnType<PactV4['addInteraction']>;
type RequestBuilder = Parameters<NonNullable<Parameters<Interaction['withRequest']>[2]>>[0];

/**
 * Expects a form. Each field has a rule of its own: without one, Pact compares the bytes of the whole form.
 */
export function expectForm(request: RequestBuilder, fields: Record<string, Matchers.Matcher<string>>): void {
  const contentType = 'application/x-www-form-urlencoded';
  const examples = Object.entries(fields).map(([name, field]) => [name, String(field.value)]);
  request
    .headers({ 'Content-Type': contentType })
    .body(contentType, Buffer.from(new URLSearchParams(examples).toString()))
    .matchingRules({
      body: Object.entries(fields).map(([name, { value: _, ...rule }]) => ({ path: \`$.\${name}\`, rules: [rule] })),
    });
}
`;

/**
 * Renders what the consumer tests share: the consumer of the pact, and the client that they call.
 */
export function renderSetup(
  { consumer, provider }: Names,
  credentials: Readonly<Record<string, unknown>>,
  usesForms: boolean,
): string {
  const hasCredentials = Object.keys(credentials).length > 0;
  return `import { ${usesForms ? 'type Matchers, ' : ''}PactV4 } from '@pact-foundation/pact';
import { createSender } from 'openapi-contract-kit/client';
import { type Client, createClient } from '../generated/client.ts';
import { operations } from '../generated/operations.ts';
import { pactFolder } from './pact-folder.ts';

// Pact reports each use to its makers unless told not to.
process.env.PACT_DO_NOT_TRACK = '1';

/** The consumer whose expectations the pact holds. */
export const consumer: PactV4 = new PactV4({
  consumer: ${quote(consumer)},
  provider: ${quote(provider)},
  dir: pactFolder,
  logLevel: 'error',
});
${hasCredentials ? `\n// A call sends those that its operation asks for.\nconst credentials = ${renderLiteral(credentials)};\n` : ''}
/** Creates the client that is tested, on the mock server of a test. */
export function clientOn(baseUrl: string): Client {
  return createClient(createSender(operations, { baseUrl${hasCredentials ? ', credentials' : ''} }));
}
${usesForms ? formHelper : ''}`;
}

/** How a package manager is run. */
export interface ManagerCommands {
  /** Installs what the `package.json` names. */
  install: string;
  /** The same from the lock file, in CI. */
  cleanInstall: string;
  /** Runs a script of the `package.json`. */
  run: (script: string) => string;
  /** Runs the command of an installed package. */
  execute: (command: string) => string;
}

export const managers: Readonly<Record<'npm' | 'pnpm' | 'yarn', ManagerCommands>> = {
  npm: {
    install: 'npm install',
    cleanInstall: 'npm ci',
    run: (script) => `npm run ${script}`,
    execute: (command) => `npx ${command}`,
  },
  pnpm: {
    install: 'pnpm install',
    cleanInstall: 'pnpm install --frozen-lockfile',
    run: (script) => `pnpm run ${script}`,
    execute: (command) => `pnpm exec ${command}`,
  },
  yarn: {
    install: 'yarn install',
    cleanInstall: 'yarn install --frozen-lockfile',
    run: (script) => `yarn run ${script}`,
    execute: (command) => `yarn run ${command}`,
  },
};

/** A package manager. */
export type ManagerName = keyof typeof managers;

/**
 * Renders a workflow of GitHub Actions that checks the contract.
 *
 * @param checkScript the script of the `package.json` that runs the check
 */
export function renderWorkflow(manager: ManagerName, checkScript: string): string {
  const { cleanInstall, run } = managers[manager];
  return `name: contract
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
concurrency:
  group: contract-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 24
${manager === 'npm' ? '          cache: npm\n' : '      - run: corepack enable\n'}      - run: ${cleanInstall}
      - run: ${run(checkScript)}
`;
}
