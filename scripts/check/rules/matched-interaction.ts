import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import type { HttpInteraction } from '../../pact/read-interactions.ts';
import { findOperation } from '../../spec/find-operation.ts';
import { findResponse } from '../../spec/find-response.ts';
import { type DocumentedAnswer, listAnswers } from '../../spec/list-answers.ts';
import { listOperations, type OperationPlace } from '../../spec/list-operations.ts';
import { type ParameterModel, readParameters } from '../../spec/read-parameters.ts';
import { getValidator, type Validator } from '../../spec/validator.ts';

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

/** A spec as interactions are held against it, read once for all of them. */
export interface SpecModel {
  document: Oas3_1Definition;
  validator: Validator;
  operations: readonly OperationPlace[];
  answers: readonly DocumentedAnswer[];
}

/**
 * Reads what interactions are held against.
 */
export function readSpecModel(document: Oas3_1Definition): SpecModel {
  return {
    document,
    validator: getValidator(document),
    operations: listOperations(document),
    answers: listAnswers(document),
  };
}

/**
 * Finds the operation that an interaction is about. Gives `undefined` where the spec has none; that is for
 * openapi-pact-comparator to say.
 */
export function matchInteraction(
  { document, validator, operations, answers }: SpecModel,
  interaction: HttpInteraction,
): MatchedInteraction | undefined {
  const place = findOperation(operations, interaction.request);
  if (place === undefined) {
    return undefined;
  }
  const found = findResponse(document, place.operation, interaction.response.status);
  return {
    interaction,
    document,
    validator,
    place,
    parameters: readParameters(document, place.pathItem, place.operation),
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
