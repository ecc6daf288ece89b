import type { Sample } from './documents.ts';
import { classify, type DocumentResult, type Fault, outcomeOf, type Problem, steps } from './problem.ts';

/** The share of documents that is aimed at. */
const goal = 0.98;

/**
 * Renders all problems of a document with their messages.
 */
export function formatProblems(result: DocumentResult): string {
  const { name, operations, durations, problems } = result;
  const times = Object.entries(durations).map(([step, duration]) => `${step} ${duration} ms`);
  return [
    `${outcomeOf(result)} ${name} (${operations} operations; ${times.join(', ')})`,
    ...problems.map((problem) => {
      const { fault, cause } = classify(problem);
      return `  [${problem.step}, ${fault}: ${cause}]\n    ${problem.message.replaceAll('\n', '\n    ')}`;
    }),
  ].join('\n');
}

/**
 * Renders a run in Markdown: the shares, a table of the steps, one of the causes, and each document that has a problem.
 */
export function renderReport(
  results: readonly DocumentResult[],
  { seed, leftOut, durationMs }: Pick<Sample, 'leftOut'> & { seed: string; durationMs: number },
): string {
  const count = (wanted: string): number => results.filter((result) => outcomeOf(result) === wanted).length;
  const [passed, named, failed] = [count('passed'), count('document'), count('toolkit')];
  const operations = results.reduce((sum, result) => sum + result.operations, 0);
  return [
    '# Corpus',
    '',
    `${results.length} documents with ${operations} operations, seed ${seed}, ${Math.round(durationMs / 1000)} s.`,
    '',
    `- pass all steps: ${share(passed, results.length)}`,
    `- fail by what is shown to be a fault of their own: ${share(named, results.length)}`,
    `- fail by the toolkit's fault: ${share(failed, results.length)}`,
    `- pass, of those without a fault of their own: ${share(passed, results.length - named)}; goal ${goal * 100} %`,
    ...leftOut.map(({ name, reason }) => `- left out: ${name}, ${reason}`),
    '',
    ...renderSteps(results),
    '',
    ...renderCauses(results, 'toolkit', "By the toolkit's fault"),
    ...renderCauses(results, 'document', 'By a fault of the document'),
    '## Documents',
    '',
    ...results.filter(({ problems }) => problems.length > 0).map(renderDocument),
  ].join('\n');
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? '–' : ((part / whole) * 100).toFixed(1)} %)`;
}

function renderSteps(results: readonly DocumentResult[]): string[] {
  const rows = steps.map((step) => {
    const tried = results.filter(({ durations }) => durations[step] !== undefined);
    const failing = (fault: Fault): number =>
      tried.filter(({ problems }) =>
        problems.some((one) => one.step === step && classify(one).fault === fault),
      ).length;
    const times = tried.map(({ durations }) => durations[step] ?? 0).toSorted((one, other) => one - other);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    return [step, tried.length, failing('toolkit'), failing('document'), median, times.at(-1) ?? 0];
  });
  return [
    '| step | tried | fail: toolkit | fail: document | median, ms | longest, ms |',
    '| --- | --: | --: | --: | --: | --: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

interface Cause {
  step: string;
  cause: string;
  documents: DocumentResult[];
  problems: Problem[];
}

/** Groups problems by step and cause, those of most documents first. */
export function groupByCause(results: readonly DocumentResult[], fault: Fault): Cause[] {
  const causes = new Map<string, Cause>();
  for (const document of results) {
    for (const problem of document.problems.filter((one) => classify(one).fault === fault)) {
      const { step } = problem;
      const { cause } = classify(problem);
      const known = causes.get(`${step} ${cause}`) ?? { step, cause, documents: [], problems: [] };
      causes.set(`${step} ${cause}`, known);
      known.problems.push(problem);
      if (!known.documents.includes(document)) {
        known.documents.push(document);
      }
    }
  }
  return [...causes.values()].toSorted((one, other) => other.documents.length - one.documents.length);
}

function renderCauses(results: readonly DocumentResult[], fault: Fault, title: string): string[] {
  const causes = groupByCause(results, fault);
  return causes.length === 0
    ? []
    : [
        `## ${title}`,
        '',
        '| step | cause | documents | times | for instance |',
        '| --- | --- | --: | --: | --- |',
        ...causes.map(
          ({ step, cause, documents, problems }) =>
            `| ${step} | ${escapeCell(cause)} | ${documents.length} | ${problems.length} | ${documents[0]?.name} |`,
        ),
        '',
      ];
}

function renderDocument(result: DocumentResult): string {
  const [first] = result.problems.toSorted((one, other) => rank(one) - rank(other));
  if (first === undefined) {
    return '';
  }
  const { step, message, evidence } = first;
  const words = message.split('\n')[0]?.slice(0, 300).replaceAll('`', "'");
  const reason = evidence === undefined ? '' : ` (${evidence})`;
  return `- ${result.name} (${outcomeOf(result)}), ${step}: \`${words}\`${reason}`;
}

function rank(problem: Problem): number {
  return classify(problem).fault === 'toolkit' ? 0 : 1;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;');
}
