import type { Oas3_1Definition, Oas3_1Schema, Oas3Response } from '@redocly/openapi-core';
import type { FindingCode } from '../../cli/finding.ts';
import { findContentName } from '../../http/media-types.ts';
import { type DocumentedAnswer, findResponse, listAnswers } from '../../openapi/answers.ts';
import { createMatcher, type FindCall } from '../../openapi/matcher.ts';
import { type OperationPlace, type ParameterModel, readParameters } from '../../openapi/operations.ts';
import { getValidator, type Validator } from '../../openapi/validator.ts';
import type { HttpInteraction, Message } from '../../pact/interactions.ts';

/** A problem in a part of an interaction, before it becomes a finding. */
export interface Remark {
  /** A full sentence. */
  message: string;
  /** Below the interaction, as `/request/query/t`. */
  pointer: string;
  /** Default: that of the check. */
  code?: FindingCode;
  /** Default: error. */
  severity?: 'warning';
}

/** An interaction and its operation. */
export interface MatchedInteraction {
  interaction: HttpInteraction;
  document: Oas3_1Definition;
  /** The part of the request, or of the expected response. */
  validators: Readonly<Record<'request' | 'expectation', Validator>>;
  place: OperationPlace;
  /** The path below the base path of the server. */
  path: string;
  /** How many segments of the path are the base path of a server. */
  baseLength: number;
  parameters: readonly ParameterModel[];
  /** Missing where the spec doesn't document the status. */
  response?: Oas3Response<Oas3_1Schema>;
  /** Whether the spec documents the response for invalid requests. */
  isRequestInvalid: 'yes' | 'no' | 'maybe';
  /** Whether it is in a state that the spec names for the operation. */
  isInState: boolean;
}

/** A spec that interactions are checked against, read once for all of them. */
export interface SpecModel {
  document: Oas3_1Definition;
  validators: MatchedInteraction['validators'];
  findCall: FindCall;
  answers: readonly DocumentedAnswer[];
}

/**
 * Reads the parts of a spec that interactions are checked against.
 */
export function readSpecModel(document: Oas3_1Definition): SpecModel {
  return {
    document,
    validators: {
      request: getValidator(document, 'request'),
      expectation: getValidator(document, 'expectation'),
    },
    findCall: createMatcher(document),
    answers: listAnswers(document),
  };
}

/**
 * Finds the operation that an interaction is about, or `undefined` where the spec has none.
 */
export function matchInteraction(
  { document, validators, findCall, answers }: SpecModel,
  interaction: HttpInteraction,
): MatchedInteraction | undefined {
  const call = findCall(interaction.request);
  if (call === undefined) {
    return undefined;
  }
  const { place, path, baseLength } = call;
  const found = findResponse(document, place.operation, interaction.response.status);
  return {
    interaction,
    document,
    validators,
    place,
    path,
    baseLength,
    parameters: readParameters(document, place),
    isRequestInvalid: mayRequestBeInvalid(answers, place, interaction),
    isInState: answers.some(
      ({ place: { pointer }, state = '' }) => pointer === place.pointer && interaction.states.includes(state),
    ),
    ...(found === undefined ? {} : { response: found }),
  };
}

// RFC 9110, section 15.5: these say that something is wrong with the request itself.
const aboutRequests = new Set([400, 405, 406, 411, 412, 413, 414, 415, 416, 417, 422, 428, 431]);

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
    return aboutRequests.has(status) ? 'maybe' : 'no';
  }
  const answer = named.find((one) => one.status === String(status) && states.includes(one.state ?? ''));
  return answer?.isRequestInvalid === true ? 'yes' : 'no';
}

/**
 * Finds what the spec has for the body of a request or a response. A type that the pact does not name is the one that
 * the request accepts, or else the first of the spec.
 */
export function findBodyContent<Content>(
  contents: Readonly<Record<string, Content>>,
  body: Message['body'],
  accept?: string,
): Content | undefined {
  const name = findBodyType(contents, body, accept);
  return name === undefined ? undefined : contents[name];
}

/**
 * Finds the media type of the spec for a body.
 */
export function findBodyType(
  contents: Readonly<Record<string, unknown>>,
  body: Message['body'],
  accept?: string,
): string | undefined {
  if (body?.contentType !== undefined) {
    return findContentName(contents, body.contentType);
  }
  const accepted = accept === undefined ? undefined : findContentName(contents, accept);
  const guessed = accepted ?? (body && findContentName(contents, body.mediaType));
  return guessed ?? Object.keys(contents)[0];
}
