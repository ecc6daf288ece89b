import type { Finding } from '../../finding.ts';
import { listAnswers, nameAnswer } from '../../spec/list-answers.ts';
import type { Spec } from '../../spec/read-spec.ts';
import type { Gate } from '../gate.ts';
import { listProbes } from '../probes/list-probes.ts';
import { readValidCalls } from '../probes/read-valid-calls.ts';
import { explainCondition } from '../probes/send-condition.ts';
import { sendProbe } from '../probes/send-probe.ts';

/**
 * Mock and spec: a request made of the spec's examples is taken, and each one that breaks the spec in one place is
 * refused; and the condition of an answer leads to it. Findings: `mock.refuses-valid`, `mock.takes-invalid`,
 * `mock.ignores-condition`.
 */
export const run: Gate['run'] = async ({ spec, mock }) => {
  const { url } = await mock();
  const findings = await probeServer(url, spec);
  // With examples that are refused, no condition can be tried.
  return findings.length > 0 ? findings : findIgnoredConditions(url, spec);
};

/**
 * Sends valid and invalid requests to whatever answers at a URL, and gives a finding for each wrong verdict.
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
        `${operationId}: a request made of the examples is refused, with ${status}.`,
        pointer,
      );
    }
  }
  for (const { title, request, pointer } of listProbes(document)) {
    const { status } = await sendProbe(baseUrl, request);
    if (status < 400 || status >= 500) {
      report('mock.takes-invalid', `${title}, yet the mock answers ${status}. Expected a refusal.`, pointer);
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
