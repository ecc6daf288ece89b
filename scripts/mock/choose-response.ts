import type { IHttpOperationConfig } from '@stoplight/prism-http';
import { nameStatuses } from '../spec/name-statuses.ts';
import { createValueCounter, maxMadeUpValues } from './made-up-values.ts';
import type { MatchAnswer } from './match-answer.ts';
import { isDynamic, type Preference, readPreference } from './preference.ts';
import type { MockOptions, Operation } from './prism.ts';
import { RequestProblem } from './problem.ts';

type Response = Operation['responses'][number];

/**
 * Applies a request's preference to what Prism is about to render: sets the example and the way, and leaves
 * the operation with the response of the preferred code alone.
 *
 * That narrowing, instead of Prism's own `code`, is on purpose: where Prism finds the response but not the
 * example or the media type, it answers from another response, or with a 500. A request that breaks the spec
 * keeps all responses, since Prism then picks among those for errors.
 *
 * @throws {RequestProblem} 422 for a malformed preference, 404 for one that the spec does not document; both
 *   list what is documented. 422 for more made-up values than the mock takes the time for
 */
export function chooseResponse(options: MockOptions, matchAnswer: MatchAnswer): MockOptions {
  const { resource, input, config } = options;
  // Of Prism's severities, 0 is an error.
  const isInvalid = input.validations.some(({ severity }) => severity === 0);
  const preference = completePreference(readPreference(input.data), () => {
    const matched = matchAnswer(resource, input.data);
    return isInvalid && Number(matched?.code) < 400 ? undefined : matched;
  });
  const chosen: IHttpOperationConfig = { ...config, ...parseRendering(preference) };
  const response = findPreferredResponse(resource, preference);
  if (chosen.dynamic) {
    checkSize(response === undefined ? resource.responses : [response]);
  }
  if (response === undefined) {
    return { ...options, config: chosen };
  }
  if (isInvalid) {
    return { ...options, config: { ...chosen, code: Number(response.code) } };
  }
  return { ...options, resource: { ...resource, responses: [response] }, config: chosen };
}

// Whoever prefers an answer gets it; a condition of the spec is looked at otherwise, but makes no success of a request
// that breaks the spec.
function completePreference(preference: Preference, match: () => Preference | undefined): Preference {
  return preference.code || preference.example ? preference : { ...preference, ...match() };
}

const countValues = createValueCounter();

function checkSize(responses: readonly Response[]): void {
  const schemas = responses.flatMap(({ contents = [] }) => contents.map(({ schema }) => schema));
  const most = Math.max(0, ...schemas.map(countValues));
  if (most > maxMadeUpValues) {
    throw new RequestProblem(
      422,
      `Cannot make up an answer: its schema asks for up to ${Math.ceil(most)} values, and the mock makes up ` +
        `${maxMadeUpValues} at most. Lower maxItems, minItems or minLength in the spec, or leave out dynamic.`,
    );
  }
}

/**
 * Lists an operation's codes and the names of their examples: `Documented are 200: signed_in, refreshed; 401.`
 */
export function listDocumented(operation: Operation): string {
  const responses = operation.responses.map((response) =>
    [response.code, exampleNames(response).join(', ')].filter(Boolean).join(': '),
  );
  return `Documented are ${responses.join('; ')}.`;
}

function parseRendering(preference: Preference): Partial<IHttpOperationConfig> {
  const { example, dynamic, seed } = preference;
  if (dynamic !== undefined && !['', 'true', 'false'].includes(dynamic)) {
    throw new RequestProblem(422, `The preference dynamic is "${dynamic}", expected "true" or "false".`);
  }
  return {
    ...(example ? { exampleKey: example } : {}),
    ...(dynamic === undefined ? {} : { dynamic: isDynamic(preference) }),
    ...(seed ? { seed } : {}),
  };
}

function findPreferredResponse(operation: Operation, { code, example }: Preference): Response | undefined {
  const documented = listDocumented(operation);
  if (example && !operation.responses.some((response) => exampleNames(response).includes(example))) {
    throw new RequestProblem(404, `There is no example "${example}". ${documented}`);
  }
  if (!code) {
    return undefined;
  }
  if (!/^[2-5]\d\d$/.test(code)) {
    throw new RequestProblem(422, `The preference code is "${code}", expected a final status. ${documented}`);
  }
  const response = findResponse(operation, code);
  if (response === undefined) {
    throw new RequestProblem(404, `There is no response ${code}. ${documented}`);
  }
  if (example && !exampleNames(response).includes(example)) {
    throw new RequestProblem(404, `Response ${code} has no example "${example}". ${documented}`);
  }
  return { ...response, code };
}

function findResponse({ responses }: Operation, code: string): Response | undefined {
  return nameStatuses(code).flatMap((name) => responses.filter((response) => response.code === name))[0];
}

function exampleNames({ contents = [] }: Response): string[] {
  return contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key));
}
