import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolkitFile } from '../../toolkit.ts';
import { findBuiltMock, mockFromSource } from '../load/own-mock.ts';
import type { ServerArguments } from '../load/start-server.ts';

/** A server that takes part. */
export interface Contestant {
  name: string;
  title: string;
  args: ServerArguments;
}

/** The names of those that take part, in the order of the table. */
export const contestantNames = [
  'prism',
  'source',
  'built',
  'mockoon',
  'scalar',
  'openapi-backend',
  'bare',
] as const;

/** One of them. */
export type ContestantName = (typeof contestantNames)[number];

/** Those that are installed apart from the toolkit. */
export const peerNames: readonly ContestantName[] = ['mockoon', 'scalar', 'openapi-backend'];

/**
 * Lists the servers that take part, or why one can't.
 *
 * @param specFile the spec as JSON
 * @param peersFolder where the peers are installed
 */
export function listContestants(
  names: readonly ContestantName[],
  specFile: string,
  peersFolder: string,
): (Contestant | { name: string; title: string; absence: string })[] {
  const all = describeAll(specFile, peersFolder);
  return names.map((name) => {
    const { title, args, absence = '' } = all[name];
    return args === undefined ? { name, title, absence } : { name, title, args };
  });
}

type Description = { title: string; args: ServerArguments | undefined; absence?: string };

function describeAll(specFile: string, peersFolder: string): Record<ContestantName, Description> {
  const peer = (path: string): string => join(peersFolder, path);
  const prism = fileURLToPath(import.meta.resolve('@stoplight/prism-cli'));
  return {
    prism: {
      title: 'Prism CLI',
      args: (port) => [prism, 'mock', '--port', String(port), specFile],
    },
    source: { title: 'this mock, from source', args: mockFromSource },
    built: {
      title: 'this mock, built',
      args: findBuiltMock(),
      absence: 'nothing is built: npm run build',
    },
    mockoon: {
      title: 'Mockoon CLI',
      args: (port) => [
        peer('node_modules/@mockoon/cli/bin/run.js'),
        ...['start', '--data', specFile, '--port', String(port), '--hostname', '127.0.0.1'],
        '--disable-log-to-file',
      ],
    },
    scalar: {
      title: 'Scalar mock server',
      args: (port) => [peer('serve-scalar.mjs'), specFile, String(port)],
    },
    'openapi-backend': {
      title: 'openapi-backend',
      args: (port) => [peer('serve-openapi-backend.mjs'), specFile, String(port)],
    },
    bare: {
      title: 'bare node:http',
      args: (port) => [toolkitFile('scripts/bench/mock/serve-bare.ts'), String(port)],
    },
  };
}
