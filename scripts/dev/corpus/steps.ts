import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../cli/command.ts';
import { runTool } from '../../cli/tool.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { writeGenerated } from '../../generate/write.ts';
import type { Mock } from '../../mock/mock.ts';
import { startMock } from '../../mock/serve.ts';
import { listOperations } from '../../openapi/operations.ts';
import { readSpec, type Spec } from '../../openapi/read-spec.ts';
import { callOperations } from './calls.ts';
import { checkSpec, toTrouble } from './check.ts';
import type { CorpusDocument } from './documents.ts';
import type { DocumentResult, Step, Trouble } from './problem.ts';

/** Time for one step, in milliseconds. */
export const stepTimeoutMs = 60_000;

/**
 * Takes a document through all steps. What a step needs of one that has failed, it does without, or it is left out.
 *
 * @param folder where the generated code goes; it is gone again afterwards, unless something is wrong with it
 * @param onStart called as each step starts
 */
export async function runDocument(
  document: CorpusDocument,
  folder: string,
  onStart: (step: Step) => void,
): Promise<DocumentResult> {
  const { file } = document;
  const run = new Run(document, onStart);
  const spec = await run.step('read', () => read(file));
  if (spec === undefined) {
    return run.result;
  }
  run.result.operations = listOperations(spec.document).length;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const isGenerated = (await run.step('generate', () => generate(file, folder))) === true;
  if (isGenerated) {
    await run.step('compile 5.9', () => compile('typescript', folder));
    await run.step('compile 7', () => compile('@typescript/native', folder));
  }
  const mock = await run.step('mock', () => startMock({ specFile: file, port: 0 }));
  if (mock !== undefined) {
    await using _ = mock;
    await run.step('call', () => call(spec, isGenerated, mock, folder));
  }
  await run.step('check', () => checkSpec(file));
  if (run.result.problems.length === 0) {
    rmSync(folder, { recursive: true, force: true });
  }
  return run.result;
}

class Run {
  readonly result: DocumentResult;
  readonly #onStart: (step: Step) => void;

  constructor({ name, file }: CorpusDocument, onStart: (step: Step) => void) {
    this.result = { name, file, operations: 0, problems: [], durations: {} };
    this.#onStart = onStart;
  }

  /** Does a step: what it returns as troubles, or throws, becomes a problem. */
  async step<Made>(name: Step, work: () => Promise<Made | Trouble[]>): Promise<Made | undefined> {
    this.#onStart(name);
    const start = performance.now();
    const made = await work().catch((error: unknown) => [toCrash(error)]);
    this.result.durations[name] = Math.round(performance.now() - start);
    if (!Array.isArray(made)) {
      return made;
    }
    this.result.problems.push(...made.map((trouble) => ({ step: name, ...trouble })));
    return undefined;
  }
}

// What is no SetupError is no answer to anybody.
function toCrash(error: unknown): Trouble {
  if (error instanceof SetupError) {
    return { message: error.message };
  }
  const { message = String(error), stack = '' } = error as Error;
  const [place = ''] = /at .*?((?:scripts|src|node_modules)\/.*?):\d+:\d+/.exec(stack)?.slice(1) ?? [];
  return { message: `${message}\n${stack}`, crash: place };
}

async function read(file: string): Promise<Spec | Trouble[]> {
  const { spec, findings } = await readSpec(file);
  return spec ?? findings.map(toTrouble);
}

async function generate(file: string, folder: string): Promise<boolean | Trouble[]> {
  const { written, findings } = await writeGenerated({ specFile: file, outDir: folder });
  return written.length > 0 ? true : findings.map(toTrouble);
}

const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2024', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  declaration: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  skipLibCheck: false,
  // TypeScript's own files are the same for all.
  skipDefaultLibCheck: true,
};

/** Uses the generated code as a consumer does. */
const consumer = `import { createSender } from 'openapi-contract-kit/client';
import { type Client, createClient } from './client.ts';
import { examples } from './examples.ts';
import { operations } from './operations.ts';
import { validators } from './validators.ts';

export const client: Client = createClient(
  createSender(operations, { baseUrl: 'http://127.0.0.1', validate: () => validators }),
);
export const example: unknown = examples;
`;

async function compile(compiler: string, folder: string): Promise<true | Trouble[]> {
  writeFileSync(join(folder, 'consumer.ts'), consumer);
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const { exitCode, stdout, stderr } = await runTool(compiler, ['-p', project, '--pretty', 'false'], {
    env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=1024', GOMEMLIMIT: '1GiB' },
    folder: toolkitFile('.'),
    timeoutMs: stepTimeoutMs,
  });
  const lines = stdout.split('\n').filter((line) => / error TS\d+: /.test(line));
  return exitCode === 0 ? true : (lines.length > 0 ? lines : [stderr]).map((message) => ({ message }));
}

async function call(spec: Spec, isGenerated: boolean, mock: Mock, folder: string): Promise<true | Trouble[]> {
  if (!isGenerated) {
    return [{ message: 'There is no client: nothing was generated.' }];
  }
  // Node.js keeps modules for good. A path of its own for each run is what makes it load this one.
  const own = join(folder, `run-${process.hrtime.bigint()}`);
  mkdirSync(own);
  for (const name of ['client.ts', 'operations.ts', 'validators.ts']) {
    cpSync(join(folder, name), join(own, name));
  }
  return callOperations(spec.document, mock.url, own);
}
