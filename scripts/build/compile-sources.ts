import { SetupError } from '../command.ts';
import { runTool } from '../process/run-tool.ts';

/**
 * Compiles what the package's entry points lead to: the code, and the declarations of what can be imported.
 *
 * @throws {SetupError} with the compiler's own words, where the sources do not compile
 */
export async function compileSources(folder: string): Promise<void> {
  await Promise.all(['tsconfig.json', 'tsconfig.types.json'].map((file) => compile(file, folder)));
}

async function compile(project: string, folder: string): Promise<void> {
  const args = ['-p', `scripts/build/${project}`, '--outDir', folder, '--pretty', 'false'];
  const { exitCode, stdout, stderr } = await runTool('@typescript/native', args);
  if (exitCode !== 0) {
    throw new SetupError(`The sources do not compile:\n${stdout}${stderr}`);
  }
}
