import type { Gate } from './gate.ts';
import { clientAgainstMock } from './gates/client-against-mock.ts';
import { generatedFresh } from './gates/generated-fresh.ts';
import { mockAgainstSpec } from './gates/mock-against-spec.ts';
import { pactAgainstMock } from './gates/pact-against-mock.ts';
import { pactAgainstSpec } from './gates/pact-against-spec.ts';
import { pactCoverage } from './gates/pact-coverage.ts';
import { pactFresh } from './gates/pact-fresh.ts';
import { sourceLint } from './gates/source-lint.ts';
import { specLint } from './gates/spec-lint.ts';
import { types } from './gates/types.ts';

/** The gates that hold any consumer's pact, with no other file of its team. */
export const pactGates: readonly Gate[] = [pactAgainstSpec, pactAgainstMock];

/** All gates, from the source of the data to its end. */
export const gates: readonly Gate[] = [
  specLint,
  generatedFresh,
  types,
  pactFresh,
  pactAgainstSpec,
  pactCoverage,
  pactAgainstMock,
  clientAgainstMock,
  mockAgainstSpec,
  sourceLint,
];
