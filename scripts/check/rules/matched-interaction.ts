import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import type { HttpInteraction } from '../../pact/read-interactions.ts';
import { listAnswers } from '../../spec/list-answers.ts';
import { listOperations, type OperationPlace } from '../../spec/list-operations.ts';
import { matchesTemplate } from '../../spec/match-path.ts';
import { type ParameterModel, readParameters } from '../../spec/read-parameters.ts';
import { resolveReference } from '../../spec/resolve-reference.ts';
import type { Validator } from '../../spec/validator.ts';

/** What is wrong with a part of an interaction, before it becomes a finding. */
export interface Remark {
  /** A full sentence. */
  message: string;
  /** Below the interaction, as `/request/query/t`. */
  pointer: string;
}

/** An interaction beside the operation that it is about. */
export interface MatchedInteraction {
  interaction: HttpInteraction;
  document: Oas3_1Definition;
  validator: Validator;
  place: OperationPlace;
  parameters: readonly ParameterModel[];
  /** Missing where the spec doesn't document the status. */
  response?: Oas3Response<Oas3_1Schema>;
  /** Whether the spec answers so just because the request is invalid. */
  isRequestInvalid: 'yes' | 'no' | 'maybe';
}

/**
 * Finds the operation that an interaction is about. Gives `undefined` where the spec has none; that is for
 * openapi-pact-comparator to say.
 */
export function matchInteraction(
  document: Oas3_1Definition,
  validator: Validator,
  interaction: HttpInteraction,
): MatchedInteraction | undefined {
  const { request, response } = interaction;
  const candidates = listOperations(document).filter(
    ({ method, path }) => method === request.method && matchesTemplate(path, request.path),
  );
  // OpenAPI, "Path Templating Matching": a concrete path comes before a templated one.
  const place = candidates.find(({ path }) => path === request.path) ?? candidates[0];
  if (place === undefined) {
    return undefined;
  }
  const found = findResponse(document, place, response.status);
  return {
    interaction,
    document,
    validator,
    place,
    parameters: readParameters(document, place.pathItem, place.operation),
    isRequestInvalid: mayRequestBeInvalid(document, place, interaction),
    ...(found === undefined ? {} : { response: found }),
  };
}

function findResponse(
  document: Oas3_1Definition,
  { operation: { responses = {} } }: OperationPlace,
  status: number,
): Oas3Response<Oas3_1Schema> | undefined {
  const reference = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
  return reference && resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
}

// Where a spec names the states of its answers, it says of each whether an invalid request leads there.
function mayRequestBeInvalid(
  document: Oas3_1Definition,
  place: OperationPlace,
  { states, response: { status } }: HttpInteraction,
): MatchedInteraction['isRequestInvalid'] {
  const answers = listAnswers(document).filter((answer) => answer.place.pointer === place.pointer);
  const named = answers.filter(({ state }) => state !== undefined);
  if (named.length === 0) {
    return status === 400 || status === 422 ? 'maybe' : 'no';
  }
  const answer = named.find((one) => one.status === String(status) && states.includes(one.state ?? ''));
  return answer?.isRequestInvalid === true ? 'yes' : 'no';
}
