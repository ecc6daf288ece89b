import * as comparatorPackage from '@pactflow/openapi-pact-comparator';
import { type Finding, formatPlace } from '../../cli/finding.ts';
import { isMultipartType, readBoundary, readEssence, tidyParts } from '../../http/media-types.ts';
import { isPlainObject, toPointer } from '../../openapi/document.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { runLimited } from '../../openapi/time-limit.ts';
import { relaxSchemas } from '../../openapi/validator.ts';
import { type HttpInteraction, readInteractions } from '../../pact/interactions.ts';
import type { Interaction, Pact } from '../../pact/pact.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import { matchInteraction, readSpecModel, type SpecModel } from '../rules/interaction.ts';
import { isMisread } from '../rules/request.ts';
import { explainError, toUnchecked } from '../rules/rules.ts';
import type { Gate } from './gate.ts';

/** A result of openapi-pact-comparator, as far as it is read. Its package ships types that do not resolve. */
interface Comparison {
  type: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  mockDetails?: { location: string };
  specDetails?: { location: string };
}

type Compare = (pact: Pact) => AsyncIterator<Comparison>;

interface Comparing {
  compare: Compare;
  model: SpecModel;
}

const { Comparator } = comparatorPackage as unknown as {
  Comparator: new (options: { oas: object }) => { compare: Compare };
};

/**
 * Pact against spec: openapi-pact-comparator, errors and warnings as it has them. Findings: `pact.breaks-spec`,
 * `pact.unchecked`.
 */
export const run: Gate['run'] = async ({ spec, pacts }) => {
  const findings = await Promise.all(pacts.map((pact) => comparePact(pact, spec)));
  return findings.flat();
};

async function comparePact(document: PactDocument, spec: Spec): Promise<Finding[]> {
  const findings: Finding[] = [];
  const model = readSpecModel(spec.document);
  let compare = createComparison(spec);
  for (const interaction of readInteractions(document.pact)) {
    try {
      const results = await compareInteraction(interaction, document, { compare, model });
      findings.push(...results.map((result) => toFinding(result, interaction, document, spec)));
    } catch (error) {
      findings.push(toUnchecked(interaction, document, explainError(interaction, error)));
      // A comparator that was interrupted may have half of what it needs next.
      compare = createComparison(spec);
    }
  }
  return findings;
}

// The comparator writes into its input, so it gets a copy. Base paths are removed from paths first.
function createComparison({ document }: Spec): Compare {
  const { 'x-opc-config-base-path': _, ...info } = document.info as unknown as Record<string, unknown>;
  const copy = openObjects(relaxSchemas(document, document, 'request')) as object;
  const comparator = new Comparator({ oas: { ...copy, info } });
  return (pact) => comparator.compare(structuredClone(pact));
}

// The comparator takes an object of which nothing is said for one without properties, unless it says in a schema of its
// own that it may have more.
function openObjects(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(openObjects);
  }
  if (!isPlainObject(node)) {
    return node;
  }
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, openObjects(value)]));
  const isFree = copy.type === 'object' && !isPlainObject(copy.properties);
  const isOpen = copy.additionalProperties === undefined || copy.additionalProperties === true;
  return isFree && isOpen ? { ...copy, additionalProperties: {} } : copy;
}

// One at a time, so that one on which the comparator breaks down does not keep the others from being compared.
async function compareInteraction(
  interaction: HttpInteraction,
  { pact }: PactDocument,
  { compare, model }: Comparing,
): Promise<Comparison[]> {
  refuseUnsendable(interaction);
  const [raw] = pact.interactions.slice(interaction.index);
  // The comparator does not read the servers of OpenAPI 3.
  const matched = matchInteraction(model, interaction);
  const path = matched?.path ?? interaction.request.path;
  const interactions = raw === undefined ? [] : [listValues({ ...raw, request: { ...raw.request, path } })];
  const iterator = compare({ ...pact, interactions });
  const results: Comparison[] = [];
  // The comparator works while it is asked for its next result.
  const next = (): Promise<IteratorResult<Comparison>> => runLimited(() => iterator.next());
  for (let step = await next(); step.done !== true; step = await next()) {
    results.push(step.value);
  }
  return results.filter(
    ({ type, code, mockDetails }) =>
      type !== 'info' &&
      (matched === undefined || !isMisread(matched, code, readKeys(mockDetails?.location ?? '').slice(2))),
  );
}

// The comparator says so too, but neither which header it is nor of which side.
function refuseUnsendable({ request, response }: HttpInteraction): void {
  for (const [side, { headers }] of Object.entries({ request, response })) {
    for (const [name, values] of Object.entries(headers)) {
      try {
        // Without a value, its name may still be none.
        ['', ...values].forEach((value) => void new Headers([[name, value]]));
      } catch (cause) {
        const header = `${JSON.stringify(name)}: ${values.map((value) => JSON.stringify(value)).join(', ')}`;
        throw new Error(`no HTTP message can carry the ${side} header ${header}.`, { cause });
      }
    }
  }
}

// Pact reads texts and lists side by side; the comparator reads either, and takes a mixture for no Pact file.
function listValues({ request, response, ...interaction }: Interaction): Interaction {
  const toLists = (values: Record<string, string | string[]>): Record<string, string[]> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
  const { headers, query } = request;
  return {
    ...interaction,
    request: {
      ...request,
      ...(headers === undefined ? {} : { headers: toLists(headers) }),
      ...readMultipart(request),
      ...(typeof query === 'object' ? { query: toLists(query) } : {}),
    },
    response: {
      ...response,
      ...(response.headers === undefined ? {} : { headers: toLists(response.headers) }),
    },
  };
}

// Of a boundary in quotes, the comparator takes the quotes for a part of it.
function readMultipart({ headers = {}, body }: Interaction['request']): Partial<Interaction['request']> {
  const entries = Object.entries(headers);
  const type = [entries.find(([name]) => /^content-type$/i.test(name))?.[1]].flat()[0];
  const boundary = type === undefined || !isMultipartType(type) ? undefined : readBoundary(type);
  const { content = body, encoded } = isPlainObject(body) ? body : { content: body };
  if (type === undefined || boundary === undefined || typeof content !== 'string') {
    return {};
  }
  const text = encoded === 'base64' ? Buffer.from(content, 'base64').toString() : content;
  const named = { 'content-type': [`${readEssence(type)}; boundary=${boundary}`] };
  const others = entries
    .filter(([name]) => !/^content-type$/i.test(name))
    .map(([name, value]) => [name, [value].flat()]);
  const tidied = tidyParts(text, type);
  return {
    headers: { ...Object.fromEntries(others), ...named },
    body: isPlainObject(body) ? { ...body, encoded: false, content: tidied } : tidied,
  };
}

function toFinding(
  { type, message, code, mockDetails, specDetails }: Comparison,
  { description, pointer }: HttpInteraction,
  pact: PactDocument,
  spec: Spec,
): Finding {
  const specPlace = specDetails && spec.locate(readLocation(specDetails.location));
  const where = specPlace === undefined ? '' : `, see ${formatPlace(specPlace)}`;
  const place = readLocation(mockDetails?.location ?? '').replace(/^#\/interactions\/0/, pointer);
  return {
    code: 'pact.breaks-spec',
    severity: type === 'error' ? 'error' : 'warning',
    message: `"${description}": ${message} (${code}${where})`,
    at: pact.locate(place),
  };
}

// The comparator names places as `[root].interactions[0].request.body`, with keys that can hold dots in brackets.
function readLocation(location: string): string {
  return toPointer(readKeys(location));
}

function readKeys(location: string): string[] {
  const keys = location.replace('[root]', '').match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return keys.map((key) => key.replaceAll(/^\[|\]$/g, ''));
}
