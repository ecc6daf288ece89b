import { SetupError } from '../cli/command.ts';
import type { ContractConfig, OwnGate, Project } from '../cli/config.ts';
import { askWhetherMeant, listNearWords } from '../cli/suggestion.ts';
import type { Cause, Gate } from './gates/gate.ts';

type Needs = readonly (keyof ContractConfig)[];

/** Creates a gate whose code is loaded only when it runs. */
function defineGate(
  name: string,
  subject: string,
  standard: string,
  needs: Needs,
  load: () => Promise<Pick<Gate, 'run'>>,
  followsFrom: readonly Cause[] = [],
): Gate {
  const run: Gate['run'] = async (context) => (await load()).run(context);
  return { name, subject, standard, needs, followsFrom, load, run };
}

// What runs on generated code is wrong about it until the code is generated again.
const staleCode: Cause = { code: 'generated.stale' };
const stalePact: Cause = { code: 'pact.stale', in: 'file' };
const unknownCall: Cause = { code: 'pact.unchecked', in: 'interaction' };
// The mock refuses what the spec forbids.
const brokenRules = (
  ['pact.breaks-spec', 'pact.sends-invalid', 'pact.expects-too-much', 'pact.wrong-credentials'] as const
).map((code): Cause => ({ code, in: 'interaction' }));

export const specLint: Gate = defineGate(
  'spec-lint',
  'spec',
  'rules',
  [],
  () => import('./gates/spec-lint.ts'),
);
export const specVersion: Gate = defineGate(
  'spec-version',
  'spec',
  'last release',
  [],
  () => import('./gates/spec-version.ts'),
);
export const generatedFresh: Gate = defineGate(
  'generated-fresh',
  'generated code',
  'spec',
  ['generated'],
  () => import('./gates/generated-fresh.ts'),
);
export const types: Gate = defineGate(
  'types',
  'client',
  'generated code',
  ['typeCheck'],
  () => import('./gates/types.ts'),
  [staleCode],
);
export const pactFresh: Gate = defineGate(
  'pact-fresh',
  'pact',
  'client',
  ['pacts', 'consumer', 'provider', 'consumerTests'],
  () => import('./gates/pact-fresh.ts'),
  [staleCode],
);
export const pactAgainstSpec: Gate = defineGate(
  'pact-against-spec',
  'pact',
  'spec',
  ['pacts'],
  () => import('./gates/pact-against-spec.ts'),
  [stalePact, unknownCall],
);
export const pactRules: Gate = defineGate(
  'pact-rules',
  'pact',
  'spec',
  ['pacts'],
  () => import('./gates/pact-rules.ts'),
  [stalePact],
);
export const pactCoverage: Gate = defineGate(
  'pact-coverage',
  'spec',
  'pact',
  ['pacts'],
  () => import('./gates/pact-coverage.ts'),
  [{ code: 'pact.stale' }],
);
export const pactAgainstMock: Gate = defineGate(
  'pact-against-mock',
  'pact',
  'mock',
  ['pacts'],
  () => import('./gates/pact-against-mock.ts'),
  [stalePact, unknownCall, ...brokenRules],
);
export const clientAgainstMock: Gate = defineGate(
  'client-against-mock',
  'client',
  'mock',
  ['generated'],
  () => import('./gates/client-against-mock.ts'),
  [staleCode],
);
export const mockAgainstSpec: Gate = defineGate(
  'mock-against-spec',
  'mock',
  'spec',
  [],
  () => import('./gates/mock-against-spec.ts'),
);
export const workflowsAgainstMock: Gate = defineGate(
  'workflows-against-mock',
  'workflows',
  'mock',
  ['workflows'],
  () => import('./gates/workflows-against-mock.ts'),
);

/** The gates that check the pact of any consumer, without other files of its team. */
export const pactGates: readonly Gate[] = [pactAgainstSpec, pactRules, pactAgainstMock];

/** The gates that check any spec, without other files of its team. */
export const specGates: readonly Gate[] = [specLint, specVersion, mockAgainstSpec];

/** The toolkit's gates, from the source of the data to its end. */
export const gates: readonly Gate[] = [
  specLint,
  specVersion,
  generatedFresh,
  types,
  pactFresh,
  pactAgainstSpec,
  pactRules,
  pactCoverage,
  pactAgainstMock,
  clientAgainstMock,
  workflowsAgainstMock,
  mockAgainstSpec,
];

/**
 * Lists the gates of a project: those of the toolkit that its config has the parts for, and its own among them.
 *
 * @throws {SetupError} for a name in the config that no gate has, and for one that two gates have
 */
export function listGates(project: Project): Gate[] {
  const { own = [], skip = [] } = project.config.gates ?? {};
  const all = [...gates];
  own.forEach((gate, index) => {
    const key = `gates.own[${index}]`;
    if (all.some(({ name }) => name === gate.name)) {
      throw project.fail(`${key}.name is "${gate.name}", which another gate has. Name it differently.`);
    }
    const place =
      gate.after === undefined ? all.length : findGate(project, `${key}.after`, gate.after, all) + 1;
    all.splice(place, 0, toGate(gate));
  });
  const skipped = skip.map((name, index) => all[findGate(project, `gates.skip[${index}]`, name, all)]);
  return all
    .filter(({ needs = [] }) => needs.every((key) => project.config[key] !== undefined))
    .filter((gate) => !skipped.includes(gate));
}

function findGate(project: Project, key: string, wanted: string, all: readonly Gate[]): number {
  const names = all.map(({ name }) => name);
  if (!names.includes(wanted)) {
    const question = askWhetherMeant(listNearWords(wanted, names));
    throw project.fail(`${key} is "${wanted}", expected one of ${names.join(', ')}.${question}`);
  }
  return names.indexOf(wanted);
}

function toGate({ name, subject, standard, load }: OwnGate): Gate {
  return defineGate(name, subject, standard, [], load as () => Promise<Pick<Gate, 'run'>>);
}

/**
 * Selects gates by the comma-separated names of `--only` and `--skip`. Without either, selects all gates.
 *
 * @throws {SetupError} for a name that no gate has, and when no gate is left
 */
export function selectGates(
  gates: readonly Gate[],
  only: string | undefined,
  skip: string | undefined,
): Gate[] {
  const wanted = only === undefined ? gates.map(({ name }) => name) : readNames(gates, '--only', only);
  const unwanted = skip === undefined ? [] : readNames(gates, '--skip', skip);
  const selected = gates.filter(({ name }) => wanted.includes(name) && !unwanted.includes(name));
  if (selected.length === 0) {
    throw new SetupError(
      '--only and --skip leave no gate to run. Name at least one gate that --skip does not.',
    );
  }
  return selected;
}

function readNames(gates: readonly Gate[], option: string, text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const known = gates.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SetupError(`${option}: there is no gate "${unknown}". The gates are ${known.join(', ')}.`);
  }
  return names;
}
