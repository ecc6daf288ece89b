import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { obstacle, startBroker } from './real-broker.ts';

describe.skipIf(obstacle !== undefined)('examples/broker/circle.sh', () => {
  it('goes from two pacts over a change that breaks one to its fix', async () => {
    await using broker = await startBroker();
    const { stdout } = await promisify(execFile)('bash', ['examples/broker/circle.sh'], {
      env: {
        ...process.env,
        PACT_BROKER_BASE_URL: broker.url,
        CONTRACT_KIT: `${process.execPath} ${resolve('scripts/cli.ts')}`,
      },
    });
    const verdicts = [...stdout.matchAll(/^yes|^(no|unknown): .*|^Recorded: .*/gm)].map(([line]) => line);
    expect(verdicts).toEqual([
      'yes',
      'Recorded: shop shop-1 is deployed in production.',
      'yes',
      'Recorded: web web-1 is deployed in production.',
      'yes',
      'Recorded: app app-1 is deployed in production.',
      'no: The verification for the pact between the version of app currently in production (app-1) and version shop-2 of shop failed',
      'yes',
      'Recorded: shop shop-3 is deployed in production.',
    ]);
  }, 180_000);
});
