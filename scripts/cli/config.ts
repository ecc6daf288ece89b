import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError } from './command.ts';
import { checkConfig } from './config-shape.ts';
import { type Finding, type FindingCode, formatPath, isUrl } from './finding.ts';

/** The option `--config` of each command that reads a config. */
export const configOption = {
  type: 'string',
  value: 'FILE',
  help: 'another config (default: contract.config.ts in the working directory)',
} as const;

/** What `verify` puts into a request, instead of what the pact has there. `{NAME}` stands for an environment variable. */
export interface Replacement {
  /** The whole path. */
  path?: string;
  query?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  headers?: Readonly<Record<string, string>>;
  form?: Readonly<Record<string, string>>;
}

/** A provider state that a live provider can be in, given the credentials for it. */
export interface LiveState {
  state: string;
  /** Default: nothing is replaced. */
  replace?: Replacement;
  /** A variable that must be set, though it is sent nowhere. */
  needs?: string;
  /** A variable that must not be set. */
  excludes?: string;
  /** A variable whose value is good for one request. */
  spends?: string;
  /** What a replay changes at the provider, as a sentence without its full stop: `it spends the refresh token`. */
  writes?: string;
  /**
   * The operations that change nothing in this state though their method could, by operationId, with the fields of
   * query and form that this is known with.
   */
  harmless?: Readonly<Record<string, readonly string[]>>;
}

/** An environment variable that a replacement takes a value from. */
export interface LiveVariable {
  /** What it is needed for, as `verify --help` prints it. */
  purpose: string;
  /** Whether its value may be printed. Default: false, and it is masked wherever it appears. */
  isPublic?: boolean;
}

/** A gate of the project's own. */
export interface OwnGate {
  /** Short, in kebab-case, as `--only` names it. */
  name: string;
  /** What is checked, such as `URL builders`. */
  subject: string;
  /** What it is checked against, such as `mock`. */
  standard: string;
  /** The gate that it follows in the order of gates. Default: the last one. */
  after?: string;
  /** Loads the gate: a module whose `run` is that of the type `Gate`. */
  load: () => Promise<{ run: (context: never) => Promise<Finding[]> }>;
}

/** Which findings to ignore: those that meet all that is given. */
export interface IgnoreRule {
  code: FindingCode;
  /** The description of an interaction of a pact. Default: any. */
  interaction?: string;
  /** An operation, as `GET /items/{id}` or by its operationId. Default: any. */
  operation?: string;
  /** Why, for the people who read it next year. */
  reason: string;
}

/** A contract: where its parts are, who its parties are, and how they are checked. Paths start at the config's folder. */
export interface ContractConfig {
  /** The OpenAPI document: a path or an http(s) URL. */
  spec: string;
  /** Overlays that are applied to the document, in their order. Default: none. */
  overlays?: readonly string[];
  /** Whether a `$ref` of the document may lead to another server. Default: false. */
  allowRemoteRefs?: boolean;
  /** The folder of the generated code. */
  generated?: string;
  /** Whether the generated validators check the `format` of a string, such as `date-time`. Default: false. */
  validateFormats?: boolean;
  /** The name of the consumer, as in its pact. */
  consumer?: string;
  /** The name of the provider, as in the pact. A pact with another one is a finding. */
  provider?: string;
  /** Provider states of pacts, and what the spec calls them in `x-provider-state`. */
  states?: Readonly<Record<string, string>>;
  /** The folder of the pacts. The consumer tests write `<consumer>-<provider>.json` there. */
  pacts?: string;
  /**
   * The consumer tests: a project of the vitest config, or a vitest config of their own. They write their pact into the
   * folder that `PACT_FOLDER` names.
   */
  consumerTests?: { project?: string; config?: string };
  /** The `tsconfig.json` files that TypeScript checks. */
  typeCheck?: readonly string[];
  /** Arazzo documents with workflows of the spec, which are run on its mock. */
  workflows?: readonly string[];
  lint?: {
    /** The config of Redocly's linter. Default: its rules `recommended`. */
    config?: string;
    /** Files to lint with the spec, such as Arazzo workflows: paths from the folder of the spec. */
    beside?: readonly string[];
  };
  /** What `verify --base-url` needs for requests to a live provider. */
  verify?: {
    /** An address that `verify --help` shows, such as `https://api.example.com`. */
    baseUrlExample?: string;
    /** All environment variables that states and credentials name. */
    variables?: Readonly<Record<string, LiveVariable>>;
    /** The provider states that requests can be replayed in. Those that are missing are left out. */
    states?: readonly LiveState[];
    /**
     * The variable that holds the credential, by the name of the security scheme in the spec: a token, a key, or
     * `user:password`. It goes into the request of every operation that needs the scheme.
     */
    credentials?: Readonly<Record<string, string>>;
  };
  gates?: {
    own?: readonly OwnGate[];
    /** The names of gates that are never run. */
    skip?: readonly string[];
    /**
     * Which findings are errors, which are warnings, and which are not reported. Only errors fail a check. Default: as the
     * gates have it.
     */
    severities?: Readonly<Partial<Record<FindingCode, Finding['severity'] | 'off'>>>;
    /** Findings that are known and accepted. The report counts them; one that matches no finding is a warning. */
    ignore?: readonly IgnoreRule[];
  };
}

/**
 * Defines a contract, as the default export of `contract.config.ts`. Returns it as it is, with its type checked.
 *
 * @example
 * export default defineContract({ spec: 'openapi.yaml', generated: 'src/generated', pacts: 'pacts' });
 */
export function defineContract(config: ContractConfig): ContractConfig {
  return config;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A contract whose config is loaded. Each path is absolute and looked up when it is read. */
export class Project {
  /** The config's file. */
  readonly file: string;
  /** The config's folder. */
  readonly folder: string;
  readonly config: ContractConfig;

  constructor(file: string, config: ContractConfig) {
    this.file = file;
    this.folder = dirname(file);
    this.config = config;
  }

  /** A path or a URL. @throws {SetupError} where it is missing */
  get specFile(): string {
    return isUrl(this.config.spec) ? this.config.spec : this.#find('spec', this.config.spec);
  }

  /** How the spec is read. @throws {SetupError} where an overlay is missing */
  get readSettings(): { overlays: readonly string[]; allowRemoteRefs: boolean } {
    const { overlays = [], allowRemoteRefs = false } = this.config;
    return {
      overlays: overlays.map((path, index) => this.#find(`overlays[${index}]`, path)),
      allowRemoteRefs,
    };
  }

  /** The folder need not be there. */
  get generated(): string {
    return resolve(this.folder, this.require('generated'));
  }

  /** The folder of all pacts. @throws {SetupError} where it is missing */
  get pacts(): string {
    return this.#find('pacts', this.require('pacts'));
  }

  /** The pact that the consumer tests write. It need not be there. */
  get pactFile(): string {
    const name = `${this.require('consumer')}-${this.require('provider')}.json`;
    return resolve(this.folder, this.require('pacts'), name);
  }

  /** @throws {SetupError} where one is missing */
  get typeCheck(): string[] {
    return this.require('typeCheck').map((path, index) => this.#find(`typeCheck[${index}]`, path));
  }

  /** @throws {SetupError} where one is missing */
  get workflows(): string[] {
    return this.require('workflows').map((path, index) => this.#find(`workflows[${index}]`, path));
  }

  /** `undefined`: the config has none. @throws {SetupError} where it is missing */
  get lintConfig(): string | undefined {
    const path = this.config.lint?.config;
    return path === undefined ? undefined : this.#find('lint.config', path);
  }

  /** The variables of `verify` that hold secrets. */
  get secretVariables(): string[] {
    return Object.entries(this.config.verify?.variables ?? {})
      .filter(([, { isPublic }]) => isPublic !== true)
      .map(([name]) => name);
  }

  /** Copies an environment without the variables of `verify` that hold secrets, for a process that needs none of them. */
  withoutSecrets(env: Environment): Environment {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !this.secretVariables.includes(name)));
  }

  /**
   * Reads a part of the config that a command needs.
   *
   * @throws {SetupError} where the config lacks it
   */
  require<Key extends keyof ContractConfig>(key: Key): NonNullable<ContractConfig[Key]> {
    const value = this.config[key];
    if (value === undefined) {
      throw this.fail(`${key} is missing, and this needs it. Add it.`);
    }
    return value as NonNullable<ContractConfig[Key]>;
  }

  /** Makes the error for something that is wrong in the config. */
  fail(problem: string): SetupError {
    return new SetupError(`${formatPath(this.file)}: ${problem}`);
  }

  /** Says how people of this project run a command: as the script of that name in its `package.json`, if it does that. */
  formatCommand(name: string): string {
    const manifest = join(this.folder, 'package.json');
    const { scripts } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
    const isScript = new RegExp(`(?:contract-kit|\\bcli\\.[jt]s) ${name}\\b`).test(scripts?.[name] ?? '');
    return isScript ? `npm run ${name}` : `npx contract-kit ${name}`;
  }

  #find(key: string, path: string): string {
    const found = resolve(this.folder, path);
    if (!existsSync(found)) {
      throw this.fail(`${key} is "${path}", and ${formatPath(found)} does not exist. Correct the path.`);
    }
    return found;
  }
}

/** The names of a config. In a CommonJS package, only the last two are modules that import and export. */
const configNames: readonly string[] = [
  'contract.config.ts',
  'contract.config.js',
  'contract.config.mts',
  'contract.config.mjs',
];

/**
 * Loads the config of a folder, or the one that is named. `undefined`: the folder has none.
 *
 * @param options.cwd the folder; no other one is looked in. Default: the working directory
 * @param options.configFile the path of a config, from the working directory
 * @throws {SetupError} for a config that is missing, can't be loaded or is malformed, with the place in it
 */
export async function loadProject({
  cwd = process.cwd(),
  configFile,
}: {
  cwd?: string;
  configFile?: string | undefined;
} = {}): Promise<Project | undefined> {
  if (configFile !== undefined && !existsSync(configFile)) {
    throw new SetupError(`--config is "${configFile}", and there is no such file. Name a ${configNames[0]}.`);
  }
  const file = configFile ?? configNames.map((name) => join(cwd, name)).find((path) => existsSync(path));
  if (file === undefined) {
    return undefined;
  }
  const config: unknown = await importConfig(resolve(file));
  checkConfig(config, formatPath(file));
  return new Project(resolve(file), config as ContractConfig);
}

async function importConfig(file: string): Promise<unknown> {
  const name = formatPath(file);
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    const { message } = cause as Error;
    const hint = explainFailedImport(cause as NodeJS.ErrnoException, file);
    throw new SetupError(`Cannot load ${name}: ${message.replace(/\.?$/, '.')} ${hint}`, { cause });
  }
  if (module.default === undefined) {
    throw new SetupError(
      `${name} has no default export, expected one: export default defineContract({ … }).`,
    );
  }
  return module.default;
}

function explainFailedImport({ code, message }: NodeJS.ErrnoException, file: string): string {
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return `Run Node.js 22.18 or later, or write ${basename(file, '.ts')}.js.`;
  }
  if (/^Cannot use import statement|^Unexpected token 'export'/.test(message)) {
    const name = basename(file).replace(/\.(t|j)s$/, '.m$1s');
    return `Node.js takes it for CommonJS. Rename it to ${name}, or write "type": "module" into package.json.`;
  }
  return code === 'ERR_MODULE_NOT_FOUND' ? 'Install it, or correct its name.' : 'Correct it.';
}

/**
 * Takes the project that a command can't do without.
 *
 * @param need what the command needs, as a sentence without its full stop
 * @param example the words of a command that names it
 * @throws {SetupError} where there is no config
 */
export function requireProject(project: Project | undefined, need: string, example: string): Project {
  if (project === undefined) {
    throw new SetupError(
      `${need}. Write a ${configNames[0]}, or name it, such as:\n\n  npx contract-kit ${example}`,
    );
  }
  return project;
}
