import { formatPath, pathWithin } from '../files/format-path.ts';
import { defaultSpecFile } from '../spec/default-spec-file.ts';
import { toolkitFolder } from '../toolkit.ts';

/** Where generated code goes unless told otherwise. */
export const defaultOutDir = 'generated';

/** What generated code is made from. */
export interface Origin {
  /** The spec as people type it. */
  specFile: string;
  /** The command that makes the code anew. */
  command: string;
}

/**
 * Describes where generated code comes from, in the same words for every way to write the same path.
 */
export function describeOrigin(specFile: string, outDir: string): Origin {
  const spec = namePath(specFile);
  const out = namePath(outDir);
  if (spec === defaultSpecFile && out === defaultOutDir) {
    return { specFile: spec, command: 'npm run generate' };
  }
  const options = [
    ...(spec === defaultSpecFile ? [] : ['--spec', quoteArgument(spec)]),
    ...(out === defaultOutDir ? [] : ['--out', quoteArgument(out)]),
  ];
  return { specFile: spec, command: ['nexudus-auth-contract generate', ...options].join(' ') };
}

/**
 * Renders the first line of a generated file.
 */
export function renderHeader({ specFile, command }: Origin): string {
  return `// Generated from ${quoteArgument(specFile)} by \`${command}\`. Do not edit.\n`;
}

/**
 * Tells whether a file begins as `renderHeader` has it, whatever the spec and the command.
 */
export function hasHeader(text: string): boolean {
  return /^\/\/ Generated from .+ by `(npm run|nexudus-auth-contract) generate.*`\. Do not edit\.\r?\n/.test(
    text,
  );
}

// Files of this toolkit are named from its own folder, so that a check from elsewhere expects the same text.
function namePath(path: string): string {
  return (pathWithin(toolkitFolder, path) ?? formatPath(path)) || '.';
}

function quoteArgument(path: string): string {
  if (/^[\w./:@+~-]+$/.test(path)) {
    return path;
  }
  // These end a line of code, too, and JSON leaves them as they are. ECMAScript, https://tc39.es/ecma262/#sec-line-terminators
  return JSON.stringify(path).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
