import { relative, resolve } from 'node:path';
import { type Finding, formatPlace, isUrl, type Place, pathWithin } from '../../cli/finding.ts';
import { programName } from '../../cli/toolkit.ts';
import { linkRun } from '../../github/api.ts';
import { keepComment, type NoteContext } from '../../github/notes.ts';
import { renderGates } from './github.ts';
import { type Markup, markup } from './markup.ts';
import {
  type CheckReport,
  describeFollowing,
  formatCounts,
  formatSeconds,
  hasRun,
  listCauses,
  listProblems,
} from './report.ts';

type Environment = NoteContext['env'];

/**
 * Keeps one comment on the pull request of the job: a new one only if something was found, and later the same one.
 */
export function keepReportComment(report: CheckReport, context: NoteContext): Promise<void> {
  const { spec, pact } = report.subject ?? {};
  // Of several checks in one job or matrix, each has its comment.
  const folder = relative(context.env.GITHUB_WORKSPACE ?? '', '');
  const key = ['check', folder, spec ?? '', pact ?? ''];
  return keepComment({ key, text: formatComment(report, context.env) }, isNews(report), context);
}

function isNews(report: CheckReport): boolean {
  return listCauses(report).length > 0 || !hasPassed(report);
}

function hasPassed({ results }: CheckReport): boolean {
  return results.every(({ verdict }) => verdict === 'passed');
}

const mostListed = 20;
const maxTextLength = 300;
// GitHub takes 65,536 characters in all.
const maxRowsLength = 45_000;
const maxLinkLength = 1000;

/**
 * Renders a run as Markdown for a comment on a pull request: the counts, at most 20 findings with links to their lines, and
 * the gates, folded. What comes from documents mentions nobody and is no Markdown.
 */
export function formatComment(report: CheckReport, env: Environment): string {
  const findings = listCauses(report);
  const isClean = hasPassed(report) && !findings.some(({ severity }) => severity === 'error');
  const run = linkRun(env);
  const parts = [
    `### ${isClean ? '✅' : '❌'} Contract check: ${formatCounts(report)}`,
    describeSubject(report),
    ...listProblems(report).map(
      ({ gate, problem }) =>
        markup`<p>The gate <code>${gate}</code> is broken:</p>\n\n<pre>${cut(problem)}</pre>`.markup,
    ),
    findings.length === 0 ? '' : renderFindings(findings, env),
    ...describeFollowing(report),
    hasRun(report) ? `<details><summary>Gates</summary>\n\n${renderGates(report)}\n\n</details>` : '',
    [
      findings.length === 0 ? '' : `\`npx ${programName} explain <code>\` says how to fix a finding.`,
      run === undefined ? '' : `[The run](${run}) has the whole report.`,
    ]
      .join(' ')
      .trim(),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function describeSubject({ subject, durationMs }: CheckReport): string {
  if (subject === undefined) {
    return '';
  }
  const { spec, info, pact, commit } = subject;
  const name = info === undefined ? [] : [markup`<code>${cut(`${info.title} ${info.version}`)}</code> `];
  const against = pact === undefined ? [] : [markup`, pact <code>${cut(pact)}</code>`];
  const at = commit === undefined ? '' : `, commit ${commit}`;
  return markup`${name}<code>${cut(spec)}</code>${against}${at}, in ${formatSeconds(durationMs)}`.markup;
}

// As code, GitHub reads no mention and no reference to an issue in a message.
function renderFindings(findings: readonly Finding[], env: Environment): string {
  const rows: string[] = [];
  let room = maxRowsLength;
  for (const { severity, code, message, at } of findings.slice(0, mostListed)) {
    const row =
      markup`<tr><td>${renderPlace(at, env)}</td><td>${severity} <code>${code}</code><br><code>${cut(message)}</code></td></tr>`
        .markup;
    room -= row.length;
    rows.push(...(room > 0 ? [row] : []));
  }
  const left = findings.length - rows.length;
  const table = ['<table>', '<tr><th>place</th><th>finding</th></tr>', ...rows, '</table>'].join('\n');
  return left > 0 ? `${table}\n\nAnd ${left} more.` : table;
}

function renderPlace(at: Place, env: Environment): Markup {
  const link = linkPlace(at, env);
  const text = markup`<code>${cut(formatPlace(at))}</code>`;
  return link === undefined || link.length > maxLinkLength ? text : markup`<a href="${link}">${text}</a>`;
}

// At the commit that is checked out, which in a pull request is a merge: its lines are those of the findings.
function linkPlace({ file, line }: Place, env: Environment): string | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit, GITHUB_WORKSPACE: workspace } = env;
  if (!repository || !commit || !workspace || isUrl(file)) {
    return undefined;
  }
  const path = pathWithin(workspace, resolve(file));
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  const place = path?.split('/').map(encodeURIComponent).join('/');
  return place && `${server}/${repository}/blob/${commit}/${place}${line === undefined ? '' : `#L${line}`}`;
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > maxTextLength ? `${line.slice(0, maxTextLength)}…` : line;
}
