import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  name: string;
  version: string;
  license?: string;
  /** As packages said it before 2015. */
  licenses?: { type: string }[];
}

interface Licence {
  /** Name, version and identifier. */
  title: string;
  copyrights: string[];
  /** Without the copyrights, which is what packages share. */
  text: string;
}

/**
 * Collects the licences of the packages that bundled modules come from, each text once, with all copyrights.
 *
 * @param modules paths; those outside of `node_modules` are our own
 * @throws {Error} for a package without a licence, which must not be passed on
 */
export function collectLicences(modules: readonly string[]): string {
  const folders = modules.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const licences = [...new Set(folders)]
    .map(readLicence)
    .sort((one, other) => (one.title < other.title ? -1 : 1));
  const groups = [...Map.groupBy(licences, ({ text }) => text.replace(/\s+/g, ' '))].map(
    ([, group]) => group,
  );
  return ['What is bundled here, and under which terms.', ...groups.map(formatGroup)]
    .join('\n\n\n')
    .concat('\n');
}

function formatGroup(group: Licence[]): string {
  const titles = group.map(({ title, copyrights }) =>
    [title, ...copyrights.map((line) => `  ${line}`)].join('\n'),
  );
  return [...titles, '', group[0]?.text].join('\n');
}

function readLicence(folder: string): Licence {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' or ');
  if (name === undefined) {
    throw new Error(`${manifest.name} has no licence, so that it cannot be bundled.`);
  }
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const lines =
    file === undefined ? ['No text of the licence comes with it.'] : readLines(join(folder, file));
  const isCopyright = (line: string): boolean => /^\W*copyright (?:\(c\)|©|\d{4})/i.test(line);
  return {
    title: `${manifest.name} ${manifest.version} (${name})`,
    copyrights: lines.filter(isCopyright).map((line) => line.trim()),
    text: lines
      .filter((line) => !isCopyright(line))
      .join('\n')
      .trim(),
  };
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').split(/\r?\n/);
}
