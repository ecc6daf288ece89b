import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { type Finding, formatFinding } from '../finding.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { Mock } from './serve-spec.ts';

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
    const findings = await tryToReload(mock, specFile);
    tell(
      findings.length === 0
        ? `Reloaded ${specFile}.`
        : `${findings.map(formatFinding).join('\n')}\nThe mock keeps the last good spec.`,
    );
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

async function tryToReload(mock: Mock, specFile: string): Promise<Finding[]> {
  try {
    const { spec, findings } = await readSpec(specFile);
    if (spec !== undefined) {
      await mock.reload(spec);
    }
    return findings;
  } catch (error) {
    // The file is gone for a moment, or Prism cannot load it.
    const message = (error as Error).message;
    return [{ code: 'spec.unreadable', severity: 'error', message, at: { file: specFile } }];
  }
}
