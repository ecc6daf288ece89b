import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import { type DocumentedAnswer, findResponse, listAnswers } from '../../openapi/answers.ts';
import { createMatcher, type FindCall } from '../../openapi/matcher.ts';
import { type OperationPlace, type ParameterModel, readParameters } from '../../openapi/operations.ts';
import { getValidator, type Validator } from '../../openapi/validator.ts';
import type { HttpInteraction } from '../../pact/interactions.ts';

/** A problem in a part of an interaction, before it becomes a finding. */
export interface Remark {
  /** A full sentence. */
  message: string;
  /** Below the interaction, as `/request/query/t`. */
  pointer: string;
}

/** An interaction and its operation. */
export interface MatchedInteraction {
  interaction: HttpInteraction;
  document: Oas3_1Definition;
  validator: Validator;
  place: OperationPlace;
  /** How many segments of the path are the base path of a server. */
  baseLength: number;
  parameters: readonly ParameterModel[];
  /** Missing where the spec doesn't document the status. */
  response?: Oas3Response<Oas3_1Schema>;
  /** Whether the spec documents the response for invalid requests. */
  isRequestInvalid: 'yes' | 'no' | 'maybe';
}

/** A spec that interactions are checked against, read once for all of them. */
export interface SpecModel {
  document: Oas3_1Definition;
  validator: Validator;
  findCall: FindCall;
  answers: readonly DocumentedAnswer[];
}

/**
 * Reads the parts of a spec that interactions are checked against.
 */
export function readSpecModel(document: Oas3_1Definition): SpecModel {
  return {
    document,
    validator: getValidator(document),
    findCall: createMatcher(document),
    answers: listAnswers(document),
  };
}

/**
 * Finds the operation that an interaction is about, or `undefined` where the spec has none.
 */
export function matchInteraction(
  { document, validator, findCall, answers }: SpecModel,
  interaction: HttpInteraction,
): MatchedInteraction | undefined {
  const call = findCall(interaction.request);
  if (call === undefined) {
    return undefined;
  }
  const { place, baseLength } = call;
  const found = findResponse(document, place.operation, interaction.response.status);
  return {
    interaction,
    document,
    validator,
    place,
    baseLength,
    parameters: readParameters(document, place),
    isRequestInvalid: mayRequestBeInvalid(answers, place, interaction),
    ...(found === undefined ? {} : { response: found }),
  };
}

// Where a spec names the states of its answers, it says of each whether an invalid request leads there.
function mayRequestBeInvalid(
  answers: readonly DocumentedAnswer[],
  place: OperationPlace,
  { states, response: { status } }: HttpInteraction,
): MatchedInteraction['isRequestInvalid'] {
  const named = answers.filter(
    (answer) => answer.place.pointer === place.pointer && answer.state !== undefined,
  );
  if (named.length === 0) {
    return status === 400 || status === 422 ? 'maybe' : 'no';
  }
  const answer = named.find((one) => one.status === String(status) && states.includes(one.state ?? ''));
  return answer?.isRequestInvalid === true ? 'yes' : 'no';
}
