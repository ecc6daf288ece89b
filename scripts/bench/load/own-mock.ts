import { existsSync, readFileSync } from 'node:fs';
import { toolkitFile } from '../../toolkit.ts';
import type { ServerArguments } from './start-server.ts';

/** The mock as it runs in the repository, from its sources. */
export const mockFromSource: ServerArguments = serveWith(toolkitFile('scripts/cli.ts'));

/** The mock as it is published: the command that package.json names. `undefined` where nothing is built. */
export function findBuiltMock(): ServerArguments | undefined {
  const { bin }: { bin: Record<string, string> } = JSON.parse(
    readFileSync(toolkitFile('package.json'), 'utf8'),
  );
  const cli = toolkitFile(Object.values(bin)[0] ?? '');
  return cli.endsWith('.js') && existsSync(cli) ? serveWith(cli) : undefined;
}

function serveWith(cli: string): ServerArguments {
  return (port) => [cli, 'mock', '--port', String(port)];
}
