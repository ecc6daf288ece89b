import { resolve } from 'node:path';
import type { Project } from '../../cli/config.ts';
import { formatPath, pathWithin } from '../../cli/finding.ts';

/** The names of the generated files, in the order that they are written in. */
export const generatedNames = [
  'schema.ts',
  'operations.ts',
  'client.ts',
  'validators.ts',
  'examples.ts',
] as const;

/** The generated files: name and text. */
export type GeneratedFiles = Readonly<Record<(typeof generatedNames)[number], string>>;

/** From where to where. */
export interface GenerateOptions {
  /** Path of the spec. */
  specFile: string;
  /** Path of the folder. Default `generated`. */
  outDir?: string | undefined;
  /** What a project generates unless told otherwise. Default: there is no project. */
  usual?: UsualOrigin | undefined;
}

/** What a project generates, and the command for it. */
export interface UsualOrigin {
  /** The project's folder. Files in it are named from there, so that a check from elsewhere expects the same text. */
  folder: string;
  specFile: string;
  outDir: string;
  command: string;
}

/**
 * Reads from a project's config what it generates.
 */
export function originsOf(project: Project): UsualOrigin {
  const { folder, specFile, config } = project;
  const outDir = resolve(folder, config.generated ?? defaultOutDir);
  return { folder, specFile, outDir, command: project.formatCommand('generate') };
}

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
export function describeOrigin({ specFile, outDir = defaultOutDir, usual }: GenerateOptions): Origin {
  const isUsualSpec = usual !== undefined && resolve(specFile) === resolve(usual.specFile);
  const isUsualOut = resolve(outDir) === resolve(usual?.outDir ?? defaultOutDir);
  const spec = namePath(specFile, usual);
  if (isUsualSpec && isUsualOut) {
    return { specFile: spec, command: usual.command };
  }
  const options = [
    ...(isUsualSpec ? [] : ['--spec', quoteArgument(spec)]),
    ...(isUsualOut ? [] : ['--out', quoteArgument(namePath(outDir, usual))]),
  ];
  return { specFile: spec, command: ['contract-kit generate', ...options].join(' ') };
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
  return /^\/\/ Generated from .+ by `.+ generate.*`\. Do not edit\.\r?\n/.test(text);
}

function namePath(path: string, { folder = '' }: Partial<UsualOrigin> = {}): string {
  return (pathWithin(folder, path) ?? formatPath(path)) || '.';
}

function quoteArgument(path: string): string {
  if (/^[\w./:@+~-]+$/.test(path)) {
    return path;
  }
  // These end a line of code, too, and JSON leaves them as they are. ECMAScript, https://tc39.es/ecma262/#sec-line-terminators
  return JSON.stringify(path).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
