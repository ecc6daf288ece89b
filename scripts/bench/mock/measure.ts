import { setTimeout as delay } from 'node:timers/promises';
import { sendLoad, untilMs } from '../load/send-load.ts';
import { brokenSignIn, isSignedIn, repeatSignIn, varySignIn } from '../load/sign-in.ts';
import { askOnce, startServer } from '../load/start-server.ts';
import type { Contestant } from './contestants.ts';

/** What is measured of one server in one round. */
export interface Sample {
  /** From the start of the process to the first good answer, in milliseconds. */
  startMs: number;
  /** Resident, at rest after the start, in MiB. */
  memoryMiB: number;
  /** Answers a second to one request, again and again. */
  repeated: number;
  /** Answers a second to requests that are all different. */
  different: number;
}

/** How long each load lasts, in milliseconds. */
export interface MeasureSettings {
  warmUpMs: number;
  loadMs: number;
}

/** How many connections ask at once. */
const connections = 16;
const restMs = 500;

// Counts on from run to run, so that no server gets the same request twice.
let first = 0;

/**
 * Starts a server, lets it rest, and measures it under both loads.
 *
 * @throws {Error} when it gives an answer that is not good
 */
export async function measure({ args }: Contestant, { warmUpMs, loadMs }: MeasureSettings): Promise<Sample> {
  await using server = await startServer(args);
  const { url, startMs } = server;
  await delay(restMs);
  const memoryMiB = server.readMemory();
  const load = async (nextRequest: () => string, durationMs: number): Promise<number> => {
    const isDue = untilMs(durationMs);
    const result = await sendLoad({ url, connections, nextRequest, isGood: isSignedIn, isDue });
    return result.answers / (result.durationMs / 1000);
  };
  const vary = (): (() => string) => {
    first += 10_000_000;
    return varySignIn(first);
  };
  await load(vary(), warmUpMs);
  const different = await load(vary(), loadMs);
  await load(repeatSignIn(), warmUpMs);
  return { startMs, memoryMiB, different, repeated: await load(repeatSignIn(), loadMs) };
}

/**
 * Whether a server looks at what it is sent: a sign-in without its grant type gets no success.
 */
export async function validates({ args }: Contestant): Promise<boolean> {
  await using server = await startServer(args);
  return !isSignedIn(await askOnce(server.url, brokenSignIn));
}
