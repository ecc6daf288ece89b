import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { ProbeRequest } from '../../../scripts/check/probes/probe.ts';
import { readValidCalls } from '../../../scripts/check/probes/read-valid-calls.ts';
import {
  type DocumentedAnswer,
  formatPreference,
  listAnswers,
  nameAnswer,
} from '../../../scripts/spec/list-answers.ts';
import type { WireRequest } from './exchange.ts';

/** A request, and what it asks for in words. */
export type ListedRequest = [title: string, request: WireRequest];

/**
 * Lists valid requests to each operation, plain and once for each answer of the spec: preferred by the header and by
 * the query.
 */
export function listRequests(document: Oas3_1Definition): ListedRequest[] {
  const calls = readValidCalls(document).map(({ operationId, pointer, request }) => ({
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
  const added = new URLSearchParams({ __code: status, ...(example ? { __example: example.name } : {}) });
  return { ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}${added}` };
}

function toWire({ method, path, pathValues, query, headers, form }: ProbeRequest): WireRequest {
  const search = new URLSearchParams(query).toString();
  const filled = path.replaceAll(/{([^}]+)}/g, (_, name: string) => pathValues[name] ?? '');
  const typed =
    form === undefined ? headers : { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  return {
    method,
    target: search === '' ? filled : `${filled}?${search}`,
    headers: Object.entries(typed),
    body: new URLSearchParams(form).toString(),
  };
}
