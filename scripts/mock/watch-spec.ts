import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Mock } from './mock.ts';

// An editor writes a file in several steps.
const settleMs = 100;

/**
 * Reloads a mock whenever a YAML or JSON file in the folder of its spec changes. While the spec is broken, the mock
 * keeps the last good one.
 *
 * @param tell is given a line for each reload, or the findings
 * @returns what stops the watching
 */
export function watchSpec(mock: Mock, specFile: string, tell: (line: string) => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    try {
      await mock.reload(specFile);
      tell(`Reloaded ${specFile}.`);
    } catch (error) {
      tell(`${(error as Error).message}\nThe mock keeps the last good spec.`);
    }
  };
  const watcher = watch(dirname(specFile), (_event, name) => {
    if (/\.(ya?ml|json)$/.test(name ?? '')) {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), settleMs);
    }
  });
  return {
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
