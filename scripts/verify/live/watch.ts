import type { Finding } from '../../cli/finding.ts';
import { linkRun } from '../../github/api.ts';
import { keepIssue, type NoteContext } from '../../github/notes.ts';
import { formatOutcome, type ReplayOutcome } from './outcome.ts';

/** Which contract is watched, and with whom. */
export interface Watched {
  /** The name of the provider. Default: it has none. */
  provider: string | undefined;
  /** The origin of its URL. */
  origin: string;
  /** The pact, or the broker. */
  pact: string;
}

/**
 * Keeps one issue about a live provider: open while it does not keep the contract, or while nobody knows.
 */
export function keepWatchIssue(
  watched: Watched,
  outcome: ReplayOutcome,
  context: NoteContext,
): Promise<void> {
  const { provider = watched.origin, origin, pact } = watched;
  const { findings } = outcome;
  const isBroken = findings.some(({ severity }) => severity === 'error');
  return keepIssue(
    {
      key: ['verify', provider, origin, pact],
      title: findings.some(({ code }) => code === 'provider.breaks-pact')
        ? `${provider} no longer keeps the contract`
        : `The contract with ${provider} is not verified`,
      text: formatIssue({ ...watched, provider }, outcome, context.env),
      isBroken,
      state: findings.map(identify).sort().join('\n'),
    },
    context,
  );
}

// Not by the message, which quotes values that change from run to run.
function identify({ code, message, at: { file, pointer } }: Finding): string {
  return `${code} ${file} ${pointer ?? message}`;
}

const mostListed = 50;

/**
 * Renders a replay as Markdown for an issue: what is broken, what was replayed, and what was left out and why.
 */
export function formatIssue(
  { provider, origin, pact }: Watched,
  outcome: ReplayOutcome,
  env: NoteContext['env'],
): string {
  const { findings, leftOut } = outcome;
  const isBroken = findings.some(({ severity }) => severity === 'error');
  const shown = findings.slice(0, mostListed);
  const more = findings.length - shown.length;
  const run = linkRun(env);
  const parts = [
    isBroken
      ? `${toCode(provider ?? origin)} does not respond as ${toCode(pact)} expects.`
      : `${toCode(provider ?? origin)} responds as ${toCode(pact)} expects.`,
    `${formatOutcome(outcome)}, on ${toCode(origin)}.`,
    shown.map(({ code, message }) => `- ${toCode(code)} ${toCode(message)}`).join('\n'),
    more > 0 ? `And ${more} more.` : '',
    [...Map.groupBy(leftOut, ({ reason }) => reason)]
      .map(([reason, { length }]) => `- ${length} left out: ${toCode(reason)}`)
      .join('\n'),
    isBroken
      ? 'Check first whether the credentials of the run are still valid, and whether the provider is in the states that the pact names. Then correct the contract, or tell the team of the provider.'
      : '',
    run === undefined ? '' : `[The run](${run})`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

// As code, GitHub reads no mention, no link and no Markdown in what a provider has sent.
function toCode(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').slice(0, 500);
  const ticks = '`'.repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return ticks.length === 1 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}
