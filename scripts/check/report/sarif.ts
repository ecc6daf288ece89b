import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Finding, type FindingCode, findingCodes, type Place, pathWithin } from '../../cli/finding.ts';
import { readManifest } from '../../cli/toolkit.ts';
import { readPage } from '../../explain/page.ts';
import { hashContent } from '../../files/difference.ts';
import { type CheckReport, listFindings, listIgnored, listProblems } from './report.ts';

/**
 * Renders a run as SARIF 2.1.0 for code scanning: a code is a rule with its page as help, a finding is a result, and a
 * broken gate is a notification.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(report: CheckReport): string {
  const driver = {
    name: readManifest().name,
    version: readManifest().version,
    rules: findingCodes.map(toRule),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    invocations: [toInvocation(report)],
    results: toResults(report),
  };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function toInvocation(report: CheckReport): object {
  const notifications = listProblems(report).map(({ gate, problem }) => ({
    level: 'error',
    message: { text: `The gate ${gate} is broken: ${problem}` },
  }));
  return {
    executionSuccessful: notifications.length === 0,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
}

function toRule(code: FindingCode): object {
  const { title, markdown, sections } = readPage(code);
  const text = sections.map(({ heading, blocks }) => [heading, ...blocks].join('\n\n')).join('\n\n');
  return { id: code, shortDescription: { text: title }, help: { text, markdown } };
}

// An ignored finding is a result that is suppressed: code scanning shows it as dismissed.
function toResults(report: CheckReport): object[] {
  const seen = new Map<string, number>();
  const toNumbered = (finding: Finding): object => {
    const identity = identify(finding);
    const ordinal = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, ordinal);
    return toResult(finding, `${identity}:${ordinal}`);
  };
  return [
    ...listFindings(report).map(toNumbered),
    ...listIgnored(report).map(({ finding, reason }) => ({
      ...toNumbered(finding),
      suppressions: [{ kind: 'external', justification: reason }],
    })),
  ];
}

function toResult({ code, severity, message, at, followsFrom }: Finding, fingerprint: string): object {
  return {
    ruleId: code,
    ruleIndex: findingCodes.indexOf(code),
    level: severity,
    message: { text: message },
    locations: [toLocation(at)],
    ...(followsFrom && {
      relatedLocations: [
        { ...toLocation(followsFrom.at), message: { text: `May follow from ${followsFrom.code} here.` } },
      ],
      properties: { followsFrom },
    }),
    partialFingerprints: { 'findingHash/v1': fingerprint },
  };
}

function toLocation({ file, line, column, pointer }: Place): object {
  const region = { startLine: line, startColumn: column };
  return {
    physicalLocation: {
      artifactLocation: toArtifactLocation(file),
      ...(line === undefined ? {} : { region }),
    },
    ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
  };
}

// Code scanning takes %SRCROOT% for the root of the repository.
function toArtifactLocation(file: string): object {
  const inside = pathWithin('', file);
  return inside === undefined
    ? { uri: pathToFileURL(resolve(file)).href }
    : { uri: inside.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

// Without lines, also those that a message names: a finding that has moved is still the same.
function identify({ code, message, at }: Finding): string {
  const text = JSON.stringify([code, at.file, at.pointer, message.replaceAll(/:\d+(:\d+)?\b/g, '')]);
  return hashContent(text);
}
