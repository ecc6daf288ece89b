import { SetupError } from './command.ts';
import { readManifest } from './toolkit.ts';

/**
 * Explains that an optional package is missing, if that is what an error or its cause says, with the command that installs
 * it and the others that are needed with it: `undefined` for any other error.
 *
 * @param needed the packages that what was running needs, with a version where the manifest has none
 */
export function explainMissingPeer(error: unknown, needed: readonly string[]): SetupError | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code, message, cause } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') {
    return explainMissingPeer(cause, needed);
  }
  const missing = /'((?:@[^/']+\/)?[^/'.][^/']*)/.exec(message)?.[1] ?? '';
  if (!needed.some((word) => toName(word) === missing)) {
    return undefined;
  }
  const { peerDependencies: versions = {} } = readManifest();
  const words = needed.map((word) => (versions[word] === undefined ? word : `${word}@${versions[word]}`));
  return new SetupError(
    `This needs ${missing}, which is not installed: types, clients and the mock do without. Install it with\n\n` +
      `  npm install --save-dev ${words.join(' ')}`,
    { cause: error },
  );
}

function toName(word: string): string {
  return word.replace(/(?<=.)@.*$/, '');
}
