import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { usage } from '../../scripts/verify/index.ts';
import { listSecretVariables } from '../../scripts/verify/live/live-states.ts';
import { runVerify } from './run-verify.ts';

describe('verify', () => {
  it.each([
    [[], 'Give either --base-url or --har. Try --help.'],
    [['--base-url', 'https://a.example', '--har', 'a.har'], 'Give either --base-url or --har. Try --help.'],
    [['--base-url', 'https://a.example', '--spec', 'a.yaml'], '--spec goes with --har only. Try --help.'],
    [['--har', 'a.har', '--allow-writes'], '--allow-writes goes with --base-url only. Try --help.'],
    [['--har', 'a.har', '--state', 'a'], '--state goes with --base-url only. Try --help.'],
    [['--verbose'], "Unknown option '--verbose'. Try --help."],
  ])('refuses %j', async (args, message) => {
    await expect(runVerify(args)).rejects.toThrow(new SetupError(message));
  });

  it('explains each variable that it reads', () => {
    expect(listSecretVariables().filter((name) => !usage.includes(name))).toEqual([]);
  });
});
