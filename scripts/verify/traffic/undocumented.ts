import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import type { Exchange, Har } from '../../har/read-har.ts';
import { findContent } from '../../http/media-types.ts';
import { findResponse } from '../../openapi/answers.ts';
import { createMatcher, listBasePaths } from '../../openapi/matcher.ts';
import type { OperationPlace } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';

/**
 * Finds answers whose status or media type the spec does not document, which `redocly drift` passes over. The first of
 * each kind is a finding of code `traffic.breaks-spec`.
 *
 * @param server the URL that requests are under; without, the base paths of the spec's servers
 */
export function findUndocumented(har: Har, { document }: Spec, server: string | undefined): Finding[] {
  const findCall = createMatcher(document, (place) =>
    server === undefined ? listBasePaths(document, place) : [new URL(server).pathname.replace(/\/$/, '')],
  );
  const findings = new Map<string, Finding>();
  har.exchanges.forEach((exchange, index) => {
    const operation = findCall({ method: exchange.method, path: exchange.url.pathname })?.place;
    const isMeant = server === undefined || exchange.url.href.startsWith(`${server}/`);
    const answer = operation && isMeant && describeUndocumented(exchange, operation, document);
    if (answer && !findings.has(answer)) {
      const message = `${answer}, which the spec does not document. Document it, or find out why the server answers so.`;
      const at = har.locate(`#/log/entries/${index}`);
      findings.set(answer, { code: 'traffic.breaks-spec', severity: 'error', message, at });
    }
  });
  return [...findings.values()];
}

function describeUndocumented(
  { status, mediaType }: Exchange,
  { method, path, operation }: OperationPlace,
  document: Oas3_1Definition,
): string | undefined {
  const answer = `${operation.operationId ?? `${method.toUpperCase()} ${path}`} answered ${status}`;
  const response = findResponse(document, operation, status);
  if (response === undefined) {
    // Browsers record a request without an answer as one with the status 0.
    return status === 0 ? undefined : answer;
  }
  const { content } = response;
  return content === undefined || mediaType === '' || findContent(content, mediaType) !== undefined
    ? undefined
    : `${answer} as ${mediaType}`;
}
