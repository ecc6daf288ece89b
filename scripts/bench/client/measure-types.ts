import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolkitFile } from '../../toolkit.ts';
import { runTimed } from './run-timed.ts';

// Strict and no more: what Hey API generates has an error under exactOptionalPropertyTypes.
const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  module: 'preserve',
  types: [],
  noEmit: true,
  strict: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

/**
 * Type-checks a consumer, and gives how many types and instantiations that took.
 *
 * @param folder where the settings of TypeScript are put
 * @throws {Error} with the words of TypeScript where the consumer has an error
 */
export async function measureTypes(
  consumerFile: string,
  folder: string,
): Promise<{ types: number; instantiations: number }> {
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [consumerFile] }));
  const args = [toolkitFile('node_modules/typescript/bin/tsc'), '-p', project, '--extendedDiagnostics'];
  return readDiagnostics((await runTimed(args, folder)).stdout);
}

/**
 * Reads what `tsc --extendedDiagnostics` prints.
 *
 * @throws {Error} where a figure is missing
 */
export function readDiagnostics(text: string): { types: number; instantiations: number } {
  const read = (name: string): number => {
    const figure = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
    if (figure === undefined) {
      throw new Error(`tsc prints no figure named ${name}.`);
    }
    return Number(figure);
  };
  return { types: read('Types'), instantiations: read('Instantiations') };
}
