import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';
import { type FindingCode, findingCodes } from '../finding.ts';
import { askWhetherMeant } from '../near-words.ts';
import { listNearCodes } from './near-codes.ts';
import { readPage } from './read-page.ts';

/** @see Command */
export const usage: string = `Usage: nexudus-auth-contract explain [CODE]

Says what the code of a finding means, and how to mend it. Without a code, it lists them all.

Exit code: 0 clean, 2 wrong usage or a broken setup.`;

/** @see Command */
export async function run(args: string[], { stdout }: CommandContext): Promise<ExitCode> {
  const codes = args.filter((word) => !word.startsWith('-'));
  parseOptions(
    args.filter((word) => word.startsWith('-')),
    {},
  );
  if (codes.length > 1) {
    throw new SetupError(`Found ${codes.length} codes, expected one. Try --help.`);
  }
  const [code] = codes;
  stdout(code === undefined ? listCodes() : readPage(toCode(code)).markdown.trimEnd());
  return 0;
}

function listCodes(): string {
  const width = Math.max(...findingCodes.map((code) => code.length));
  return findingCodes.map((code) => `${code.padEnd(width)}  ${readPage(code).title}`).join('\n');
}

function toCode(text: string): FindingCode {
  const code = findingCodes.find((candidate) => candidate === text);
  if (code === undefined) {
    const question = askWhetherMeant(listNearCodes(text));
    throw new SetupError(
      `There is no code "${text}".${question} Run npx nexudus-auth-contract explain for all codes.`,
    );
  }
  return code;
}
