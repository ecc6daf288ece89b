import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Mock } from './mock.ts';

// An editor writes a file in several steps.
const settleMs = 100;
// A folder that cannot be watched, since it is gone for one, is tried again.
const retryMs = 1000;

/**
 * Reloads a mock whenever a YAML or JSON file in the folder of its spec changes. While the spec is broken, the mock
 * keeps the last good one. While the folder cannot be watched, it says so and tries again.
 *
 * @param tell is given a line for each reload, the findings, or why nothing is watched
 * @param watch default: that of Node
 * @returns what stops the watching
 */
export function watchSpec(
  mock: Pick<Mock, 'reload'>,
  specFile: string,
  tell: (line: string) => void,
  watch: typeof watchFolder = watchFolder,
): Disposable {
  const folder = dirname(resolve(specFile));
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isFailureTold = false;
  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(renew, delayMs);
  };
  const close = (): void => {
    clearTimeout(timer);
    watcher?.close();
    watcher = undefined;
  };
  const fail = (error: unknown): void => {
    close();
    if (!isFailureTold) {
      tell(`Cannot watch ${folder}: ${(error as Error).message}. The mock tries again every second.`);
    }
    isFailureTold = true;
    schedule(retryMs);
  };
  const open = (): void => {
    const opened = watch(folder, (_event, name) => {
      // When the folder itself is deleted or moved, the event has its name.
      if (name === null || name === basename(folder) || /\.(ya?ml|json)$/.test(name)) {
        schedule(settleMs);
      }
    });
    opened.on('error', fail);
    watcher?.close();
    watcher = opened;
    isFailureTold = false;
  };
  // A watcher stays with the folder that it was opened for, also when another one has taken its place.
  const renew = async (): Promise<void> => {
    try {
      open();
    } catch (error) {
      fail(error);
      return;
    }
    try {
      await mock.reload(specFile);
      tell(`Reloaded ${specFile}.`);
    } catch (error) {
      tell(`${(error as Error).message}\nThe mock keeps the last good spec.`);
    }
  };
  try {
    open();
  } catch (error) {
    fail(error);
  }
  return { [Symbol.dispose]: close };
}
