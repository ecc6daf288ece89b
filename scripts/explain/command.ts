import { type Command, defineCommand, SetupError } from '../cli/command.ts';
import { type FindingCode, findingCodes } from '../cli/finding.ts';
import { askWhetherMeant } from '../cli/suggestion.ts';
import { programName } from '../cli/toolkit.ts';
import { listNearCodes, readPage } from './page.ts';

/** `explain`. */
export const command: Command = defineCommand({
  name: 'explain',
  synopsis: ['[CODE]'],
  description: 'Explains what a finding means and how to fix it. Without a code, lists all codes.',
  options: {
    code: { type: 'argument', value: 'CODE', help: 'the code of a finding, such as pact.stale' },
  },
  exitCodes: { 0: 'clean', 2: 'wrong usage or a broken setup' },
  run: async ({ code }, { stdout }) => {
    stdout(code === undefined ? listCodes() : readPage(toCode(code)).markdown.trimEnd());
    return 0;
  },
});

function listCodes(): string {
  const width = Math.max(...findingCodes.map((code) => code.length));
  return findingCodes.map((code) => `${code.padEnd(width)}  ${readPage(code).title}`).join('\n');
}

function toCode(text: string): FindingCode {
  const code = findingCodes.find((candidate) => candidate === text);
  if (code === undefined) {
    const question = askWhetherMeant(listNearCodes(text));
    throw new SetupError(
      `There is no code "${text}".${question} Run npx ${programName} explain to list all codes.`,
    );
  }
  return code;
}
