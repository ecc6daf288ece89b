import type { Oas3_1Definition } from '@redocly/openapi-core';
import { readValidCalls } from '../../../scripts/check/probes/calls.ts';
import {
  type DocumentedAnswer,
  formatPreference,
  listAnswers,
  nameAnswer,
} from '../../../scripts/openapi/answers.ts';
import { type RequestParts, writeRequest } from '../../../scripts/openapi/request-parts.ts';
import type { WireRequest } from './exchange.ts';

/** A request, and what it asks for in words. */
export type ListedRequest = [title: string, request: WireRequest];

/**
 * Lists valid requests to each operation, plain and once for each answer of the spec: preferred by the header and by
 * the query.
 */
export function listRequests(document: Oas3_1Definition): ListedRequest[] {
  const calls = readValidCalls(document).map(({ operationId, place: { pointer }, request }) => ({
    operationId,
    pointer,
    request: toWire(request),
  }));
  const preferring = listAnswers(document).flatMap((answer) =>
    calls
      .filter(({ pointer }) => pointer === answer.place.pointer)
      .flatMap(({ request }): ListedRequest[] => [
        [`${nameAnswer(answer)} by Prefer`, preferByHeader(request, answer)],
        [`${nameAnswer(answer)} by query`, preferByQuery(request, answer)],
      ]),
  );
  return [...calls.map(({ operationId, request }): ListedRequest => [operationId, request]), ...preferring];
}

/** Adds the header that prefers an answer. */
export function preferByHeader(request: WireRequest, answer: DocumentedAnswer): WireRequest {
  return { ...request, headers: [...request.headers, ['prefer', formatPreference(answer)]] };
}

function preferByQuery(request: WireRequest, { status, example }: DocumentedAnswer): WireRequest {
  const added = new URLSearchParams({
    __code: status,
    ...(example?.name ? { __example: example.name } : {}),
  });
  return { ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}${added}` };
}

function toWire(parts: RequestParts): WireRequest {
  const { headers, ...request } = writeRequest(parts);
  return { ...request, headers: Object.entries(headers) };
}
