import type { Oas3_1Definition } from '@redocly/openapi-core';
import { type CommandContext, type ExitCode, SetupError } from '../../cli/command.ts';
import { type Finding, formatFinding, formatPlace, toLine } from '../../cli/finding.ts';
import { formatFindingCount, formatJson } from '../../cli/output.ts';
import { type Exchange, type Har, readHar } from '../../har/read-har.ts';
import { findContent } from '../../http/media-types.ts';
import { parseServerUrl } from '../../http/server.ts';
import { findResponse } from '../../openapi/answers.ts';
import { createMatcher, listBasePaths } from '../../openapi/matcher.ts';
import { listOperations, nameOperation, type OperationPlace } from '../../openapi/operations.ts';
import { type ReadSettings, readSpec, type Spec } from '../../openapi/read-spec.ts';
import { createLogMask, type LogMask } from '../../secrets/placeholders.ts';
import { createSecrets } from '../../secrets/secrets.ts';
import { type Drift, type OperationCoverage, runDrift } from './drift.ts';

/** The options of `verify --har`. */
export interface TrafficOptions extends ReadSettings {
  har: string;
  specFile: string;
  server?: string | undefined;
  json: boolean;
}

/** A documented answer, and whether the traffic has it. */
interface Seen {
  operation: string;
  status: string;
  isSeen: boolean;
}

/**
 * Holds recorded traffic against a spec, and says which answers it has. Nothing that it prints or throws holds a
 * secret.
 *
 * Findings: `spec.unreadable`, `traffic.unreadable`, `traffic.breaks-spec`.
 *
 * @throws {SetupError} for a file that is not there, and when no request is under the server
 */
export async function verifyTraffic(options: TrafficOptions, context: CommandContext): Promise<ExitCode> {
  const server = options.server && parseServerUrl('--server', options.server).href.replace(/\/$/, '');
  const { spec, findings: ofSpec } = await readSpec(options.specFile, options);
  const secrets = createSecrets(spec?.document);
  const { har, findings: ofHar } = readHar(options.har, secrets);
  if (spec === undefined || har === undefined) {
    return report({ findings: [...ofSpec, ...ofHar], coverage: [] }, options, context);
  }
  context.stderr(`Comparing ${har.exchanges.length} requests with ${spec.file} …`);
  if (!har.hasCredentials) {
    context.stderr('No request has an Authorization, as in a sanitized export: credentials are not checked.');
  }
  const mask = createLogMask(secrets);
  har.secrets.forEach(mask.hide);
  try {
    return report(await compare(spec, har, server, mask, context.env), options, context);
  } catch (error) {
    // Without the cause, which could hold a secret.
    throw new SetupError(mask.apply(error instanceof Error ? error.message : String(error)));
  }
}

async function compare(
  spec: Spec,
  har: Har,
  server: string | undefined,
  mask: LogMask,
  env: CommandContext['env'],
): Promise<{ findings: Finding[]; coverage: Seen[] }> {
  const settings = {
    harFile: har.file,
    spec,
    server,
    checksCredentials: har.hasCredentials,
  };
  const { run, problems, operations } = await runDrift(settings, { env });
  if (run.skippedExchanges === run.totalExchanges) {
    const origins = [...new Set(har.exchanges.map(({ url }) => url.origin))].join(', ');
    throw new SetupError(`--server: no request is under ${server}. The traffic is of ${origins}.`);
  }
  const findings = [
    ...problems.map((problem) => toFinding(problem, spec, har)),
    ...findUndocumented(har, spec, server),
  ].map((finding) => ({ ...finding, message: mask.apply(finding.message) }));
  return { findings, coverage: operations.flatMap(listSeen) };
}

function toFinding(problem: Drift, spec: Spec, har: Har): Finding {
  const { message, method, path, status, occurrences, severity, operationId, exchangeIndex, ruleId } =
    problem;
  const operation = listOperations(spec.document).find(
    (place) => place.operation.operationId === operationId,
  );
  const where = operationId && operation ? `, see ${formatPlace(spec.locate(operation.pointer))}` : '';
  const times = occurrences > 1 ? ` ${occurrences} times` : '';
  return {
    code: 'traffic.breaks-spec',
    severity,
    message: `${method} ${path} ${status ?? ''}: ${message.replace(/\.$/, '')}${times} (${ruleId}${where})`,
    at: har.locate(`#/log/entries/${exchangeIndex}`),
  };
}

function listSeen({ method, path, operationId, covered, missing }: OperationCoverage): Seen[] {
  const operation = operationId ?? `${method} ${path}`;
  const list = (items: OperationCoverage['covered'], isSeen: boolean): Seen[] =>
    items.flatMap(({ kind, status }) =>
      kind === 'response' && status !== undefined ? [{ operation, status, isSeen }] : [],
    );
  return [...list(covered, true), ...list(missing, false)];
}

function report(
  result: { findings: Finding[]; coverage: Seen[] },
  { json }: TrafficOptions,
  { stdout }: CommandContext,
): ExitCode {
  const { findings, coverage } = result;
  const seen = coverage.filter(({ isSeen }) => isSeen);
  if (json) {
    stdout(formatJson(result));
  } else {
    for (const line of [
      ...findings.map(formatFinding),
      ...seen.map(({ operation, status }) => toLine(`seen ${operation} ${status}`)),
      `${seen.length} of ${coverage.length} documented answers seen, ${formatFindingCount(findings)}`,
    ]) {
      stdout(line);
    }
  }
  return findings.length > 0 ? 1 : 0;
}

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
  place: OperationPlace,
  document: Oas3_1Definition,
): string | undefined {
  const { operation } = place;
  const answer = `${nameOperation(place)} answered ${status}`;
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
