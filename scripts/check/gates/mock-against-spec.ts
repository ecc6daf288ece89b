import type { Finding } from '../../cli/finding.ts';
import { listAnswers, nameAnswer } from '../../openapi/answers.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { explainCondition, readValidCalls, sendProbe } from '../probes/calls.ts';
import { listProbes } from '../probes/probes.ts';
import type { Gate } from './gate.ts';

/**
 * Mock against spec: the mock accepts requests that are built from the examples of the spec, refuses each request that
 * breaks the spec in one place, and returns a response whose condition a request meets. Findings: `mock.refuses-valid`,
 * `mock.takes-invalid`, `mock.ignores-condition`.
 */
export const run: Gate['run'] = async ({ spec, mock }) => {
  const { url } = await mock();
  const findings = await probeServer(url, spec);
  // With examples that are refused, no condition can be tried.
  return findings.length > 0 ? findings : findIgnoredConditions(url, spec);
};

/**
 * Sends valid and invalid requests to a server, and returns a finding for each wrong response.
 */
export async function probeServer(baseUrl: string, { document, locate }: Spec): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report = (code: Finding['code'], message: string, pointer: string): void => {
    findings.push({ code, severity: 'error', message, at: locate(pointer) });
  };
  for (const { operationId, pointer, request } of readValidCalls(document)) {
    const { status } = await sendProbe(baseUrl, request);
    if (status >= 400) {
      report(
        'mock.refuses-valid',
        `${operationId}: the mock refuses a request built from the examples of the spec, with ${status}.`,
        pointer,
      );
    }
  }
  for (const { title, request, pointer } of listProbes(document)) {
    const { status } = await sendProbe(baseUrl, request);
    if (status < 400 || status >= 500) {
      report(
        'mock.takes-invalid',
        `${title}, but the mock responds with ${status}, expected 400 to 499.`,
        pointer,
      );
    }
  }
  return findings;
}

async function findIgnoredConditions(baseUrl: string, { document, locate }: Spec): Promise<Finding[]> {
  const calls = readValidCalls(document);
  const answers = listAnswers(document).filter(({ condition }) => condition !== undefined);
  const reasons = await Promise.all(answers.map((answer) => explainCondition(baseUrl, answer, calls)));
  return answers.flatMap((answer, index) =>
    reasons[index] === undefined
      ? []
      : [
          {
            code: 'mock.ignores-condition',
            severity: 'error',
            message: `${nameAnswer(answer)}: ${reasons[index]}.`,
            at: locate(answer.pointer),
          },
        ],
  );
}
