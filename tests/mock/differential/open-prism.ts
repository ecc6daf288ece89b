import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../../../scripts/dev/bench/load.ts';
import { findPeerCommand, installPeers } from '../../../scripts/dev/peers.ts';

/** The CLI of Prism, until it is disposed of. */
export interface PrismProcess extends AsyncDisposable {
  url: string;
  /** Whether the process still runs. */
  isAlive: () => boolean;
  /** Resolves when it has ended. */
  ended: Promise<unknown>;
}

const cli = findPeerCommand(await installPeers('peers/prism'), '@stoplight/prism-cli');

/**
 * Starts `prism mock` with a spec, and resolves once it answers.
 */
export async function openPrism(specFile: string): Promise<PrismProcess> {
  // Prism's CLI takes no port 0.
  const port = await findFreePort();
  const child = spawn(process.execPath, [cli, 'mock', '--port', String(port), specFile], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, 'close');
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  while (isAlive() && !(await answers(url))) {
    await delay(50);
  }
  return { url, isAlive, ended, [Symbol.asyncDispose]: close };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
