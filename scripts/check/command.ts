import { readCommit } from '../broker/git.ts';
import { fetchEnvironment, refuseStrayOptions, verificationOptions } from '../broker/settings.ts';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type ExitCode,
  type OptionValues,
  parseOptions,
  SetupError,
} from '../cli/command.ts';
import { configOption, loadProject, type Project } from '../cli/config.ts';
import { type Finding, fails, formatPath } from '../cli/finding.ts';
import { chooseSpec, specOptions } from '../cli/spec-choice.ts';
import { linkCauses } from './causes.ts';
import type { DocumentPlaces } from './documents.ts';
import { formatTitle, type Gate } from './gates/gate.ts';
import { gates, listGates, pactGates, selectGates, specGates } from './gates.ts';
import type { CheckReport } from './report/report.ts';

const options = {
  pact: {
    type: 'string',
    value: 'PATH',
    help: `check your pact, or all pacts in a folder. Runs ${listNames(pactGates)}`,
  },
  ...specOptions,
  document: {
    ...specOptions.document,
    help: `${specOptions.document.help}. Without --pact, and unless it is that of contract.config.ts, runs only the gates that check a spec: ${listNames(specGates)}`,
  },
  base: {
    type: 'string',
    value: 'PLACE',
    help: 'compare the spec with an earlier version: a file, a URL, or a git ref such as origin/main or v1.2.0',
  },
  provider: {
    type: 'string',
    value: 'NAME',
    help: "the provider's name in the pacts (default: provider of contract.config.ts, or x-pact-provider of the spec; without either, any)",
  },
  config: configOption,
  only: { type: 'string', value: 'NAMES', help: 'run only these gates, comma-separated' },
  skip: { type: 'string', value: 'NAMES', help: 'do not run these gates, comma-separated' },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    default: 'error',
    help: 'the lowest severity that fails: error, or warning to fail on all findings',
  },
  bail: { type: 'boolean', help: 'start no further gate once a gate has failed or is broken' },
  timeout: {
    type: 'string',
    value: 'SECONDS',
    default: '120',
    help: 'stop a gate that runs longer than this. The gate is then broken',
  },
  all: {
    type: 'boolean',
    help: 'also print the findings that may follow from others, and every warning of a code. Report files have them anyway',
  },
  json: { type: 'boolean', help: 'print the results as one JSON document' },
  junit: { type: 'string', value: 'FILE', help: 'also write the results as JUnit XML' },
  sarif: { type: 'string', value: 'FILE', help: 'also write the results as SARIF 2.1.0' },
  html: { type: 'string', value: 'FILE', help: 'also write the results as an HTML page' },
  'github-comment': {
    type: 'boolean',
    help: 'keep one comment on the pull request of a GitHub Actions job. Needs GITHUB_TOKEN; never fails the check',
  },
  ...verificationOptions,
} as const;

type CheckOptions = OptionValues<typeof options>;

/** `check`. */
export const command: Command = defineCommand({
  name: 'check',
  synopsis: [
    '[options]',
    'DOCUMENT [options]',
    '[DOCUMENT] --pact PATH [options]',
    '[DOCUMENT] --pact-broker [options]',
  ],
  description: `Checks a contract, a pact against a spec and its mock, or a spec by itself. In a folder with a contract.config.ts,
\`check\` without options runs all gates that the config has the parts for:

${gates.map((gate) => `  ${gate.name.padEnd(24)}${formatTitle(gate)}`).join('\n')}`,
  options,
  environment: fetchEnvironment,
  notes: `A gate that cannot run, or that takes too long, is broken. The other gates still run, and all reports are written.`,
  exitCodes: {
    0: 'no errors',
    1: 'errors, or warnings with --fail-on warning',
    2: 'wrong usage, a broken setup or a broken gate',
  },
  run: async (options, context) => {
    const report = options['pact-broker']
      ? await checkBroker(options, context)
      : await check(options, context);
    const { writeReports } = await import('./report/reports.ts');
    writeReports(report, options, context);
    if (options['github-comment']) {
      const { keepReportComment } = await import('./report/comment.ts');
      await keepReportComment(report, context);
    }
    return toExitCode(report, readFailOn(options['fail-on']));
  },
});

function listNames(list: readonly Gate[]): string {
  return list.map(({ name }) => name).join(', ');
}

/** @see CommandModule */
export function describeProject(project: Project): string[] {
  const own = listGates(project).filter(({ name }) => gates.every((gate) => gate.name !== name));
  const lines = own.map((gate) => `  ${gate.name.padEnd(24)}${formatTitle(gate)}`);
  return lines.length === 0 ? [] : ['Gates of this project:', ...lines];
}

function toExitCode({ results, findings }: CheckReport, failOn: Finding['severity']): ExitCode {
  if (results.some(({ verdict }) => verdict === 'broken')) {
    return 2;
  }
  return fails(findings, failOn) || results.some(({ verdict }) => verdict !== 'passed') ? 1 : 0;
}

async function checkBroker(options: CheckOptions, context: CommandContext): Promise<CheckReport> {
  if (options.pact !== undefined) {
    throw new SetupError('--pact names files, and --pact-broker fetches pacts. Pass one of them.');
  }
  const { checkBrokerPacts } = await import('./shared-pacts.ts');
  const project = await loadProject({ configFile: options.config });
  const { specFile, project: own, ...settings } = chooseSpec(options, project, specNeed);
  const provider = options.provider ?? own?.config.provider;
  const failOn = readFailOn(options['fail-on']);
  const isFailure = (findings: readonly Finding[]): boolean => fails(findings, failOn);
  return checkBrokerPacts({ options, specFile, settings, provider, fails: isFailure }, context, (pact) =>
    check({ ...options, pact }, context),
  );
}

/** Checks the pacts of a folder, with further words of the command line, such as `openapi.yaml`. */
export function checkFolder(
  folder: string,
  args: readonly string[],
  context: CommandContext,
): Promise<CheckReport> {
  return check(parseOptions(['--pact', folder, ...args], options), context);
}

async function check(options: CheckOptions, context: CommandContext): Promise<CheckReport> {
  const { stderr, env, progress } = context;
  const { base, only, skip, bail } = options;
  refuseStrayOptions(options);
  const { gates: all, ...job } = planJob(options, await loadProject({ configFile: options.config }), stderr);
  const { runInThread } = await import('./thread.ts');
  const offered = all.filter(({ standard }) => standard !== 'last release' || base !== undefined);
  const selected = selectGates(offered, only, skip);
  const [startedAt, start] = [new Date(), performance.now()];
  const count = `${selected.length} ${selected.length === 1 ? 'gate' : 'gates'}`;
  stderr(`Running ${count} …`);
  let ended = 0;
  const { results, findings, info } = await runInThread(selected, {
    ...job,
    failOn: readFailOn(options['fail-on']),
    bail,
    env,
    timeoutMs: readTimeout(options.timeout),
    onEnd: ({ gate, verdict }) => {
      ended += 1;
      progress?.(`${ended} of ${count}: ${gate.name} ${verdict}`);
    },
  });
  const durationMs = performance.now() - start;
  const { spec, pact } = job.places;
  const subject = {
    startedAt,
    commit: findCommit(env),
    spec: formatPath(spec),
    info,
    pact: pact && formatPath(pact),
    base,
    isConsumer: options.pact !== undefined && job.configFile === undefined,
  };
  return { results: linkCauses(results), findings, durationMs, subject };
}

// In a container, the working directory may be no repository.
function findCommit(env: CommandContext['env']): string | undefined {
  try {
    return readCommit('.');
  } catch {
    return env.GITHUB_SHA ?? env.CI_COMMIT_SHA;
  }
}

interface PlannedJob {
  gates: readonly Gate[];
  places: DocumentPlaces;
  configFile?: string;
}

function planJob(
  { pact, base, provider, ...options }: CheckOptions,
  project: Project | undefined,
  stderr: (line: string) => void,
): PlannedJob {
  const {
    specFile: spec,
    project: own,
    ...settings
  } = chooseSpec(options, project, pact === undefined ? pactNeed : specNeed);
  if (pact !== undefined) {
    return {
      gates: pactGates,
      places: { spec, settings, pact, base, provider },
      ...(own === undefined ? {} : { configFile: own.file }),
    };
  }
  if (own === undefined) {
    stderr(
      `Only ${listNames(specGates)} apply to ${spec}: the other gates check a contract against the spec of its contract.config.ts. ` +
        'Add --pact to check a pact against this spec.',
    );
    return { gates: specGates, places: { spec, settings, base } };
  }
  return {
    gates: listGates(own),
    places: { spec: own.specFile, settings, pact: own.config.pacts && own.pacts, base, provider },
    configFile: own.file,
  };
}

const pactNeed = ['check needs an OpenAPI document', 'check openapi.yaml'] as const;

const specNeed = ['check --pact needs the spec of the provider', 'check openapi.yaml --pact pacts/'] as const;

function readFailOn(text: string): Finding['severity'] {
  if (text !== 'error' && text !== 'warning') {
    throw new SetupError(`--fail-on is "${text}", expected error or warning.`);
  }
  return text;
}

function readTimeout(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new SetupError(`--timeout is "${text}", expected a number of seconds, such as 300.`);
  }
  return seconds * 1000;
}
