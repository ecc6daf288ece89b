import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { Finding } from '../../finding.ts';
import { findOperation } from '../../spec/find-operation.ts';
import { findResponse } from '../../spec/find-response.ts';
import { listOperations, type OperationPlace } from '../../spec/list-operations.ts';
import type { Spec } from '../../spec/read-spec.ts';
import type { Exchange, Har } from './read-har.ts';

/**
 * Finds answers whose status or media type the spec does not document, which `redocly drift` passes over. The first of
 * each kind is a finding of code `traffic.breaks-spec`.
 *
 * @param server the URL that requests are under; without, the base paths of the spec's servers
 */
export function findUndocumented(har: Har, { document }: Spec, server: string | undefined): Finding[] {
  const operations = listOperations(document);
  const basePaths = server === undefined ? listBasePaths(document.servers) : [new URL(server).pathname];
  const findings = new Map<string, Finding>();
  har.exchanges.forEach((exchange, index) => {
    const operation = findCalled(exchange, operations, basePaths);
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
  return content === undefined ||
    mediaType === '' ||
    Object.keys(content).some((type) => covers(type, mediaType))
    ? undefined
    : `${answer} as ${mediaType}`;
}

// OpenAPI 3.1, section 4.8.14: a key is a media type or a range of them.
function covers(range: string, mediaType: string): boolean {
  const [type = '', subtype = ''] = range.split(';')[0]?.trim().toLowerCase().split('/') ?? [];
  return (
    type === '*' || (subtype === '*' ? mediaType.startsWith(`${type}/`) : mediaType === `${type}/${subtype}`)
  );
}

function findCalled(
  { method, url }: Exchange,
  operations: readonly OperationPlace[],
  basePaths: readonly string[],
): OperationPlace | undefined {
  const paths = basePaths
    .map((basePath) => basePath.replace(/\/$/, ''))
    .flatMap((basePath) => (url.pathname.startsWith(basePath) ? [url.pathname.slice(basePath.length)] : []));
  return paths.flatMap((path) => findOperation(operations, { method, path }) ?? [])[0];
}

function listBasePaths(servers: readonly { url: string }[] = []): string[] {
  // A server can be a path alone, and its host a placeholder.
  const paths = servers.map(
    ({ url }) => URL.parse(url.replaceAll(/[{}]/g, ''), 'http://host')?.pathname ?? '/',
  );
  return paths.length > 0 ? paths : ['/'];
}
