/**
 * Replaces `info.version` in the text of a spec in YAML, and leaves every other byte alone.
 *
 * @throws {Error} for a text without one
 */
export function replaceVersion(text: string, version: string): string {
  const pattern = /^(info:\n(?: {2}.*\n)*? {2}version: ).*$/m;
  if (!pattern.test(text)) {
    throw new Error('The spec has no info.version, expected one under "info:", indented by two spaces.');
  }
  return text.replace(pattern, (_, before: string) => `${before}${version}`);
}
