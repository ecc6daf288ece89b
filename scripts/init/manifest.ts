import { type ProjectManifest, type Surroundings, toSlug } from './surroundings.ts';

/** What a `package.json` gets. */
export interface ManifestAdditions {
  name: string;
  scripts: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
}

/** A `package.json` with the additions, and the names that the scripts have got. */
export interface EditedManifest {
  text: string;
  /** By the name of the command. A name that another script has is avoided: `contract:generate`. */
  scripts: Readonly<Record<string, string>>;
}

/**
 * Adds scripts and packages to a `package.json`, in the indentation and the order that it has. Keeps every script and
 * every package that is there.
 */
export function editManifest(
  { manifestText, manifest }: Surroundings,
  { name, scripts, devDependencies }: ManifestAdditions,
): EditedManifest {
  const base: ProjectManifest =
    manifestText === undefined
      ? ({ name: toSlug(name), private: true, type: 'module' } as ProjectManifest)
      : manifest;
  const own = { ...base.scripts };
  const named: Record<string, string> = {};
  for (const [command, line] of Object.entries(scripts)) {
    const free = own[command] === undefined || own[command] === line ? command : `contract:${command}`;
    own[free] = line;
    named[command] = free;
  }
  const missing = Object.entries(devDependencies).filter(
    ([one]) => base.dependencies?.[one] === undefined && base.devDependencies?.[one] === undefined,
  );
  const edited: ProjectManifest = {
    ...base,
    scripts: own,
    ...(missing.length === 0
      ? {}
      : { devDependencies: sortKeys({ ...base.devDependencies, ...Object.fromEntries(missing) }) }),
  };
  return { text: writeLike(manifestText, edited), scripts: named };
}

// As npm does.
function sortKeys(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function writeLike(original: string | undefined, value: object): string {
  if (original !== undefined && JSON.stringify(JSON.parse(original)) === JSON.stringify(value)) {
    return original;
  }
  const [, indent = '  '] = /\n([ \t]+)"/.exec(original ?? '') ?? [];
  const end = original === undefined || original.endsWith('\n') ? '\n' : '';
  const text = JSON.stringify(value, null, indent) + end;
  return original?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/**
 * Adds lines to a `.gitignore` that it does not have yet.
 */
export function editGitignore(original: string | undefined, lines: readonly string[]): string {
  const known = new Set(
    (original ?? '').split(/\r?\n/).map((line) => line.trim().replaceAll(/^\/|\/$/g, '')),
  );
  const missing = lines.filter((line) => !known.has(line.replaceAll(/^\/|\/$/g, '')));
  const lineEnd = original?.includes('\r\n') ? '\r\n' : '\n';
  const before = original === undefined || original === '' || original.endsWith('\n') ? '' : lineEnd;
  return missing.length === 0
    ? (original ?? '')
    : `${original ?? ''}${before}${missing.map((line) => line + lineEnd).join('')}`;
}
