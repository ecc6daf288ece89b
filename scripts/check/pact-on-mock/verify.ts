import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3Parameter,
  Oas3RequestBody,
  Oas3SecurityScheme,
  Referenced,
} from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import { isFormType, isJsonType, readEssence } from '../../http/media-types.ts';
import { serveSpec } from '../../mock/serve.ts';
import type { DocumentedAnswer } from '../../openapi/answers.ts';
import { listSchemes } from '../../openapi/credentials.ts';
import { resolveReference } from '../../openapi/document.ts';
import {
  listOperations,
  nameOperation,
  type OperationPlace,
  type ParameterModel,
} from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Verifier } from '../../pact/verifier/verifier.ts';
import { matchInteraction, readSpecModel, type SpecModel } from '../rules/interaction.ts';
import { schemaOf, shapeOf } from '../rules/wire-values.ts';
import { listAttempts } from './attempts.ts';
import { type Candidate, type Failure, replayInRounds, watchAnswers } from './replay.ts';

/**
 * Replays the interactions of pacts on a mock of a spec. For a provider state that the spec names, the mock returns the
 * example of that state. An interaction without a state, or in one that the spec does not name, passes if it fits any
 * response of its status.
 *
 * Findings: `pact.unknown-state`, `pact.refused-by-mock`.
 *
 * @throws {SetupError} when the mock can't be started, or the verifier did not verify
 */
export async function verifyOnMock(
  { spec, pacts }: { spec: Spec; pacts: readonly PactDocument[] },
  verifier: Verifier,
): Promise<Finding[]> {
  if (pacts.every(({ pact }) => readInteractions(pact).length === 0)) {
    return [];
  }
  const watch = watchAnswers();
  const served = { ...spec, document: dropUncheckable(spec.document) };
  await using mock = await serveSpec(served, { onAnswer: watch.onAnswer });
  const model = readSpecModel(spec.document);
  const findings: Finding[] = [];
  for (const pact of pacts) {
    const { candidates, findings: unfit } = prepare(pact, model);
    const failed = await replayInRounds(pact.pact, candidates, { url: mock.url, verifier, watch });
    findings.push(...unfit, ...failed.map((failure) => toFinding(failure, pact)));
  }
  return findings;
}

function prepare(pact: PactDocument, model: SpecModel): { candidates: Candidate[]; findings: Finding[] } {
  const candidates: Candidate[] = [];
  const findings: Finding[] = [];
  for (const interaction of readInteractions(pact.pact)) {
    const matched = matchInteraction(model, interaction);
    const raw = pact.pact.interactions[interaction.index];
    const attempts =
      matched === undefined || raw === undefined ? [] : listAttempts(raw, matched, model.answers);
    findings.push(
      ...(matched === undefined ? [] : findUnknownStates(interaction, matched.place, model.answers, pact)),
    );
    if (attempts.length > 0) {
      candidates.push({ interaction, attempts });
    } else {
      findings.push(toFinding({ interaction, reasons: [describeGap(interaction)], severity: 'error' }, pact));
    }
  }
  return { candidates, findings };
}

// The mock answers such a request itself, with a 404, which an interaction may happen to expect.
function describeGap({ request: { method, path }, response: { status } }: HttpInteraction): string {
  return `the spec documents no ${status} for ${method.toUpperCase()} ${path}, so the mock cannot return it`;
}

function toFinding({ interaction, reasons, severity }: Failure, { locate }: PactDocument): Finding {
  return {
    code: 'pact.refused-by-mock',
    severity,
    message: `"${interaction.description}": ${reasons.join('; ')}`,
    at: locate(interaction.pointer),
  };
}

/**
 * Finds the provider states of an interaction that the spec does not name for its operation, each a finding of
 * code `pact.unknown-state` that lists those it names. A spec that names no states at all knows them all.
 *
 * @param answers all of the spec
 */
function findUnknownStates(
  interaction: HttpInteraction,
  operation: OperationPlace,
  answers: readonly DocumentedAnswer[],
  { locate }: PactDocument,
): Finding[] {
  const inState = answers.filter(({ state }) => state !== undefined);
  const own = inState.filter(({ place }) => place.pointer === operation.pointer);
  const expected = describeExpected(interaction, operation, own);
  return interaction.states
    .filter((unknown) => inState.length > 0 && !own.some(({ state }) => state === unknown))
    .map((unknown) => ({
      code: 'pact.unknown-state',
      severity: 'warning',
      message:
        `"${interaction.description}": found the provider state "${unknown}", ${expected} in the consumer test, ` +
        'set x-provider-state of an example to your state, in the spec or in an overlay, or map your state to one of ' +
        'the spec in `states` of contract.config.ts. Replayed with any example of the status.',
      at: locate(interaction.pointer),
    }));
}

function describeExpected(
  { response }: HttpInteraction,
  place: OperationPlace,
  answers: readonly DocumentedAnswer[],
): string {
  const name = nameOperation(place);
  const ofStatus = answers.filter(({ status }) => status === String(response.status));
  if (answers.length === 0) {
    return `but the spec names no state for ${name}. Remove it`;
  }
  const list = ofStatus.map(({ state }) => `"${state}"`).join(', ');
  const others = answers.map(({ state, status }) => `"${state}" (${status})`).join(', ');
  return ofStatus.length > 0
    ? `expected one that the spec names for ${name} ${response.status}: ${list}. Use one of them`
    : `but the spec names none for ${name} ${response.status}. It names states for other statuses: ${others}. Use one of them`;
}

/**
 * Leaves out of a document what the mock would refuse a true request for: credentials that no request of a pact shows or
 * that tests leave to the verifier, lists and objects in parameters and forms, bodies that it cannot parse, and parameters
 * of media types, by which it chooses no schema. The gates against the spec check these, as far as they can be.
 */
function dropUncheckable(document: Oas3_1Definition): Oas3_1Definition {
  const schemes = listUncheckable(document);
  const copy = structuredClone(document);
  for (const owner of [copy, ...listOperations(copy).map(({ operation }) => operation)]) {
    if (owner.security !== undefined) {
      owner.security = loosenSecurity(owner.security, schemes);
    }
  }
  for (const { operation, pathItem } of listOperations(copy)) {
    for (const owner of [operation, pathItem]) {
      if (owner.parameters !== undefined) {
        owner.parameters = owner.parameters.flatMap((one) => loosenParameter(copy, one));
      }
    }
    if (operation.requestBody !== undefined) {
      const body = resolveReference<Oas3RequestBody<Oas3_1Schema>>(copy, operation.requestBody);
      body.content = loosenContent(copy, body.content ?? {});
    }
  }
  return copy;
}

type Security = NonNullable<Oas3_1Definition['security']>;

// Prism refuses credentials if an alternative needs none.
function loosenSecurity(security: Security, schemes: readonly string[]): Security {
  const loosened = security.map((requirement) =>
    Object.fromEntries(Object.entries(requirement).filter(([name]) => !schemes.includes(name))),
  );
  const isOpen = loosened.some(
    (requirement, index) =>
      Object.keys(requirement).length === 0 && Object.keys(security[index] ?? {}).length > 0,
  );
  return isOpen ? [] : loosened;
}

type ParameterNode = Referenced<Oas3Parameter<Oas3_1Schema>>;

function loosenParameter(document: Oas3_1Definition, reference: ParameterNode): ParameterNode[] {
  const parameter = resolveReference<Oas3Parameter<Oas3_1Schema>>(document, reference);
  const isText =
    parameter.content === undefined && shapeOf(document, [schemaOf(parameter as ParameterModel)]) === 'text';
  return isText ? [reference] : [];
}

function listUncheckable(document: Oas3_1Definition): string[] {
  const isChecked = (scheme: Oas3SecurityScheme): boolean =>
    scheme.type === 'apiKey' || (scheme.type === 'http' && /^(?:basic|bearer)$/i.test(scheme.scheme));
  return listSchemes(document).flatMap(([name, scheme]) => (isChecked(scheme) ? [] : [name]));
}

type Content = Record<string, Oas3MediaType<Oas3_1Schema>>;

function loosenContent(document: Oas3_1Definition, content: Content): Content {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const alike = Object.keys(content).filter((other) => readEssence(other) === readEssence(type));
      const schemas = alike.map((other) => content[other]?.schema ?? {});
      const isParsed = isJsonType(type) || (isFormType(type) && isFlat(document, media.schema ?? {}));
      const { schema = {} } = media;
      return [type, { ...media, schema: isParsed ? (alike.length > 1 ? { anyOf: schemas } : schema) : {} }];
    }),
  );
}

function isFlat(document: Oas3_1Definition, schema: SchemaNode): boolean {
  return listBranches(document, schema)
    .flatMap(({ properties }) => Object.values(properties ?? {}))
    .every((property) => shapeOf(document, [property as SchemaNode]) === 'text');
}
