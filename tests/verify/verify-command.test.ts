import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { describeProject } from '../../scripts/verify/command.ts';
import { project } from '../own-project.ts';
import { runVerify } from './run-verify.ts';

describe('verify', () => {
  it.each([
    [[], 'Pass either --base-url or --har. Try --help.'],
    [['--base-url', 'https://a.example', '--har', 'a.har'], 'Pass either --base-url or --har. Try --help.'],
    [['--base-url', 'https://a.example', '--spec', 'a.yaml'], '--spec works only with --har. Try --help.'],
    [['--har', 'a.har', '--allow-writes'], '--allow-writes works only with --base-url. Try --help.'],
    [['--har', 'a.har', '--state', 'a'], '--state works only with --base-url. Try --help.'],
    [['--har', 'a.har', '--require', '3'], '--require works only with --base-url. Try --help.'],
    [['--verbose'], "Unknown option '--verbose'. Try --help."],
  ])('refuses %j', async (args, message) => {
    await expect(runVerify(args)).rejects.toThrow(new SetupError(message));
  });

  it('explains each variable that it reads', () => {
    const names = Object.keys(project.config.verify?.variables ?? {});
    expect(names.filter((name) => !describeProject(project).some((line) => line.includes(name)))).toEqual([]);
  });
});
