import { resolve } from 'node:path';
import type { Project } from '../../cli/config.ts';
import { formatPath, isUrl, pathWithin } from '../../cli/finding.ts';

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
  /** Path or URL of the spec. */
  specFile: string;
  /** Paths of overlays. Default: none. */
  overlays?: readonly string[] | undefined;
  /** Whether a `$ref` may lead to another server. Default: false. */
  allowRemoteRefs?: boolean | undefined;
  /** Whether validators check the `format` of a string. Default: as the project has it, else false. */
  validateFormats?: boolean | undefined;
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
  /** Paths of overlays, as the config has them. */
  overlays: readonly string[];
  validateFormats: boolean;
}

/** Tells whether validators check the `format` of a string. */
export function wantsFormats({ validateFormats, usual }: GenerateOptions): boolean {
  return validateFormats ?? usual?.validateFormats ?? false;
}

/**
 * Reads from a project's config what it generates.
 */
export function originsOf(project: Project): UsualOrigin {
  const { folder, specFile, config } = project;
  const outDir = resolve(folder, config.generated ?? defaultOutDir);
  const { overlays } = project.readSettings;
  const validateFormats = config.validateFormats ?? false;
  return { folder, specFile, outDir, overlays, validateFormats, command: project.formatCommand('generate') };
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
export function describeOrigin(settings: GenerateOptions): Origin {
  const { specFile, outDir = defaultOutDir, usual, overlays = [] } = settings;
  const isUsualSpec = usual !== undefined && resolve(specFile) === resolve(usual.specFile);
  const isUsualOut = resolve(outDir) === resolve(usual?.outDir ?? defaultOutDir);
  const spec = namePath(specFile, usual);
  const usualOverlays = isUsualSpec ? usual.overlays.map((path) => resolve(path)) : [];
  const areUsual = overlays.map((path) => resolve(path)).join('\n') === usualOverlays.join('\n');
  const addsFormats = wantsFormats(settings) && usual?.validateFormats !== true;
  if (isUsualSpec && isUsualOut && areUsual && !addsFormats) {
    return { specFile: spec, command: usual.command };
  }
  const options = [
    ...(isUsualSpec ? [] : ['--spec', quoteArgument(spec)]),
    ...(areUsual ? [] : overlays.flatMap((path) => ['--overlay', quoteArgument(namePath(path, usual))])),
    ...(isUsualOut ? [] : ['--out', quoteArgument(namePath(outDir, usual))]),
    ...(addsFormats ? ['--validate-formats'] : []),
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
  return isUrl(path) ? path : (pathWithin(folder, path) ?? formatPath(path)) || '.';
}

function quoteArgument(path: string): string {
  if (/^[\w./:@+~-]+$/.test(path)) {
    return path;
  }
  // These end a line of code, too, and JSON leaves them as they are. ECMAScript, https://tc39.es/ecma262/#sec-line-terminators
  return JSON.stringify(path).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
