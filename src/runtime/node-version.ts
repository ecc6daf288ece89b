/** The oldest Node.js that runs the commands, the mock and the MSW handlers. The rest of the package runs on older ones. */
const oldest = { major: 22, minor: 12 };

/**
 * Explains that this Node.js is too old for a part of the package, in one sentence: `undefined` where it is not, and in
 * a browser.
 *
 * Imports nothing and is written in old syntax only, because it runs where the rest can't even be loaded.
 *
 * @param part what needs a newer one, as the sentence begins
 * @param version default: the running one
 */
export function explainOldNode(
  part: string,
  version: string | undefined = readVersion(),
): string | undefined {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version === undefined || major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
    return undefined;
  }
  return `${part} needs Node.js ${oldest.major}.${oldest.minor} or later, but this is Node.js ${version}: install a newer Node.js.`;
}

/**
 * Does nothing where Node.js is new enough for a part of the package, and in a browser.
 *
 * @throws {Error} with the sentence of `explainOldNode`
 */
export function requireNewNode(part: string): void {
  const sentence = explainOldNode(part);
  if (sentence !== undefined) {
    throw new Error(sentence);
  }
}

function readVersion(): string | undefined {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return process?.versions?.node;
}
