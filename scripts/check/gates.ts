import type { Artifact, Gate } from './gate.ts';

/** A gate whose code, and what that stands on, is loaded when it is to be run. */
function defineGate(
  name: string,
  subject: Artifact,
  standard: Artifact,
  load: () => Promise<Pick<Gate, 'run'>>,
): Gate {
  return { name, subject, standard, load, run: async (context) => (await load()).run(context) };
}

export const specLint: Gate = defineGate('spec-lint', 'spec', 'rules', () => import('./gates/spec-lint.ts'));
export const specVersion: Gate = defineGate(
  'spec-version',
  'spec',
  'last release',
  () => import('./gates/spec-version.ts'),
);
export const packageVersion: Gate = defineGate(
  'package-version',
  'package',
  'spec',
  () => import('./gates/package-version.ts'),
);
export const generatedFresh: Gate = defineGate(
  'generated-fresh',
  'generated code',
  'spec',
  () => import('./gates/generated-fresh.ts'),
);
export const types: Gate = defineGate('types', 'client', 'generated code', () => import('./gates/types.ts'));
export const pactFresh: Gate = defineGate(
  'pact-fresh',
  'pact',
  'client',
  () => import('./gates/pact-fresh.ts'),
);
export const pactAgainstSpec: Gate = defineGate(
  'pact-against-spec',
  'pact',
  'spec',
  () => import('./gates/pact-against-spec.ts'),
);
export const pactRules: Gate = defineGate(
  'pact-rules',
  'pact',
  'spec',
  () => import('./gates/pact-rules.ts'),
);
export const pactCoverage: Gate = defineGate(
  'pact-coverage',
  'spec',
  'pact',
  () => import('./gates/pact-coverage.ts'),
);
export const pactAgainstMock: Gate = defineGate(
  'pact-against-mock',
  'pact',
  'mock',
  () => import('./gates/pact-against-mock.ts'),
);
export const clientAgainstMock: Gate = defineGate(
  'client-against-mock',
  'client',
  'mock',
  () => import('./gates/client-against-mock.ts'),
);
export const urlsAgainstMock: Gate = defineGate(
  'urls-against-mock',
  'URL builders',
  'mock',
  () => import('./gates/urls-against-mock.ts'),
);
export const mockAgainstSpec: Gate = defineGate(
  'mock-against-spec',
  'mock',
  'spec',
  () => import('./gates/mock-against-spec.ts'),
);
export const sourceLint: Gate = defineGate(
  'source-lint',
  'source',
  'rules',
  () => import('./gates/source-lint.ts'),
);

/** The gates that hold any consumer's pact, with no other file of its team. */
export const pactGates: readonly Gate[] = [pactAgainstSpec, pactRules, pactAgainstMock];

/** The gates that check any spec, with no other file of its team. */
export const specGates: readonly Gate[] = [specLint, specVersion, mockAgainstSpec];

/** All gates, from the source of the data to its end. */
export const gates: readonly Gate[] = [
  specLint,
  specVersion,
  packageVersion,
  generatedFresh,
  types,
  pactFresh,
  pactAgainstSpec,
  pactRules,
  pactCoverage,
  pactAgainstMock,
  clientAgainstMock,
  urlsAgainstMock,
  mockAgainstSpec,
  sourceLint,
];
