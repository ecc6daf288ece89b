import { type CommandContext, type ExitCode, SetupError } from '../../cli/command.ts';
import { type Finding, formatFinding, type Place, toLine } from '../../cli/finding.ts';
import { formatFindingCount, formatJson } from '../../cli/output.ts';
import { askWhetherMeant, listNearWords } from '../../cli/suggestion.ts';
import type { HttpInteraction } from '../../pact/interactions.ts';
import type { LeftOut, PlannedReplay } from './plan.ts';

/** What came of the replay of a pact. */
export interface ReplayOutcome {
  replays: readonly PlannedReplay[];
  /** Each with the place of its interaction. */
  leftOut: readonly (LeftOut & { at: Place })[];
  findings: readonly Finding[];
}

/** What has to be replayed, as `--require` has it. */
export interface Requirement {
  /** How many interactions. Default: any number. */
  count?: number;
  /** Which interactions, by their descriptions, one or several in each text, comma-separated. */
  names: readonly string[];
}

/**
 * Reads the values of `--require`: a number of interactions, or their names.
 *
 * @throws {SetupError} for two numbers, and for none at all
 */
export function readRequirement(values: readonly string[]): Requirement {
  const isNumber = (text: string): boolean => /^\d+$/.test(text);
  const [count, ...more] = values.filter(isNumber).map(Number);
  if (more.length > 0 || count === 0) {
    throw new SetupError(
      `--require is ${values.filter(isNumber).join(' and ')}, expected one number of at least 1.`,
    );
  }
  const names = values.filter((text) => !isNumber(text));
  return { names, ...(count === undefined ? {} : { count }) };
}

/**
 * Checks that enough was replayed. Findings: `provider.unverified`.
 *
 * @param at where a number that is not reached is reported: the config that says what can be replayed
 * @throws {SetupError} for a name that no interaction has
 */
export function checkRequirement(
  { count = 0, names }: Requirement,
  { replays, leftOut }: ReplayOutcome,
  at: Place,
): Finding[] {
  const required = listRequired(names, { replays, leftOut });
  const missing = leftOut
    .filter(({ interaction }) => required.has(interaction.description))
    .map((one) =>
      toFinding(
        `${describeInteraction(one.interaction)} is required, and was left out: ${one.reason}.`,
        one.at,
      ),
    );
  if (replays.length >= count) {
    return missing;
  }
  const total = replays.length + leftOut.length;
  const message = `${replays.length} of ${countInteractions(total)} were replayed, and --require asks for ${count}. Set the variables that are missing, or lower the number.`;
  return [...missing, toFinding(message, at)];
}

/**
 * Lists the interactions that the values of `--require` name.
 *
 * @throws {SetupError} for a name that no interaction has
 */
export function listRequired(
  names: readonly string[],
  { replays, leftOut }: Pick<ReplayOutcome, 'replays' | 'leftOut'>,
): ReadonlySet<string> {
  const known = [...replays, ...leftOut].map(({ interaction }) => interaction.description);
  return new Set(names.flatMap((text) => splitNames(text, known)));
}

function toFinding(message: string, at: Place): Finding {
  return { code: 'provider.unverified', severity: 'error', message, at };
}

// A description can have commas of its own.
function splitNames(text: string, known: readonly string[]): string[] {
  if (known.includes(text)) {
    return [text];
  }
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const question = askWhetherMeant(listNearWords(unknown, known).map((name) => `"${name}"`));
    const list = [...new Set(known)].map((name) => `\n  ${toLine(name)}`).join('');
    throw new SetupError(
      `--require: no interaction is named "${unknown}".${question} The interactions are:${list}`,
    );
  }
  return names;
}

/** Tells what is going to be replayed, and what is not, by reason. */
export function tellPlan(
  { replays, leftOut }: Pick<ReplayOutcome, 'replays' | 'leftOut'>,
  place: string,
  { stderr }: CommandContext,
): void {
  const total = countInteractions(replays.length + leftOut.length);
  if (replays.length > 0) {
    stderr(`Replaying ${replays.length} of ${total} on ${place}:`);
    replays.forEach(({ interaction }) => void stderr(`  ${describeInteraction(interaction)}`));
  }
  for (const [reason, group] of Map.groupBy(leftOut, (one) => one.reason)) {
    stderr(toLine(`Leaving out ${group.length}: ${reason}.`));
    group.forEach(({ interaction }) => void stderr(`  ${describeInteraction(interaction)}`));
  }
}

/**
 * Prints what came of a replay, and returns the exit code.
 */
export function reportOutcome(
  { replays, leftOut, findings }: ReplayOutcome,
  json: boolean,
  { stdout }: CommandContext,
): ExitCode {
  if (json) {
    const replayed = replays.map(({ interaction }) => nameInteraction(interaction));
    const notReplayed = leftOut.map(({ interaction, reason }) => ({
      ...nameInteraction(interaction),
      reason,
    }));
    stdout(formatJson({ replayed, leftOut: notReplayed, findings }));
  } else {
    for (const finding of findings) {
      stdout(formatFinding(finding));
    }
    stdout(formatOutcome({ replays, leftOut, findings }));
  }
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Summarizes a replay, such as `6 of 26 interactions replayed, 0 findings`. */
export function formatOutcome({ replays, leftOut, findings }: ReplayOutcome): string {
  const total = countInteractions(replays.length + leftOut.length);
  return `${replays.length} of ${total} replayed, ${formatFindingCount(findings)}`;
}

/** Names an interaction with its states, on a line. */
export function describeInteraction({ description, states }: HttpInteraction): string {
  return toLine(`"${description}"${states.length === 0 ? '' : ` (${states.join(', ')})`}`);
}

function nameInteraction({ description, states }: HttpInteraction): object {
  return { description, states };
}

function countInteractions(count: number): string {
  return `${count} interaction${count === 1 ? '' : 's'}`;
}
