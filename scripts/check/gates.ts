import type { Gate } from './gate.ts';
import { clientAgainstMock } from './gates/client-against-mock.ts';
import { generatedFresh } from './gates/generated-fresh.ts';
import { mockAgainstSpec } from './gates/mock-against-spec.ts';
import { packageVersion } from './gates/package-version.ts';
import { pactAgainstMock } from './gates/pact-against-mock.ts';
import { pactAgainstSpec } from './gates/pact-against-spec.ts';
import { pactCoverage } from './gates/pact-coverage.ts';
import { pactFresh } from './gates/pact-fresh.ts';
import { pactRules } from './gates/pact-rules.ts';
import { sourceLint } from './gates/source-lint.ts';
import { specLint } from './gates/spec-lint.ts';
import { specVersion } from './gates/spec-version.ts';
import { types } from './gates/types.ts';
import { urlsAgainstMock } from './gates/urls-against-mock.ts';

/** The gates that hold any consumer's pact, with no other file of its team. */
export const pactGates: readonly Gate[] = [pactAgainstSpec, pactRules, pactAgainstMock];

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
