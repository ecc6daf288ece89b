import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SetupError } from '../../cli/command.ts';
import { toLine } from '../../cli/finding.ts';
import { runTool, type ToolSettings } from '../../cli/tool.ts';
import type { Spec } from '../../openapi/read-spec.ts';

/** Something in the traffic that the spec does not say, as `redocly drift` reports it. */
export interface Drift {
  /** The place of the first entry that has it. */
  exchangeIndex: number;
  /** How many entries have it. */
  occurrences: number;
  ruleId: string;
  severity: 'warning' | 'error';
  message: string;
  operationId?: string;
  method: string;
  path: string;
  status?: number;
}

/** An operation, and which of its responses the traffic has. */
export interface OperationCoverage {
  method: string;
  path: string;
  operationId?: string;
  covered: CoverageItem[];
  missing: CoverageItem[];
}

interface CoverageItem {
  kind: string;
  status?: string;
}

/** What `redocly drift` reports. */
export interface DriftReport {
  run: { totalExchanges: number; skippedExchanges: number };
  problems: Drift[];
  operations: OperationCoverage[];
}

/** What to compare. */
export interface DriftSettings {
  harFile: string;
  /** The spec: as it was read, and its file as people type it. */
  spec: Pick<Spec, 'document' | 'file'>;
  /** Look only at requests under this URL. Default: at all, on any host. */
  server?: string | undefined;
  /** Whether requests need the credentials that the spec says. */
  checksCredentials: boolean;
}

/**
 * Compares recorded traffic with a spec. What it gives may hold secrets.
 *
 * @param tools how it is run
 * @throws {SetupError} when `redocly drift` did not compare
 * @see https://redocly.com/docs/cli/commands/drift
 */
export async function runDrift(settings: DriftSettings, tools?: ToolSettings): Promise<DriftReport> {
  // The reports quote the traffic: the folder is this user's alone, and gone in the end.
  const folder = mkdtempSync(join(tmpdir(), 'contract-kit-drift-'));
  try {
    const specFile = join(folder, 'openapi.json');
    writeFileSync(specFile, JSON.stringify(settings.spec.document));
    const files = {
      specFile,
      reportFile: join(folder, 'report.json'),
      coverageFile: join(folder, 'coverage.json'),
    };
    return await compare(settings, files, tools);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  settings: DriftSettings,
  {
    specFile,
    reportFile,
    coverageFile,
  }: Readonly<Record<'specFile' | 'reportFile' | 'coverageFile', string>>,
  tools: ToolSettings | undefined,
): Promise<DriftReport> {
  const outputs = [
    '--format',
    'json',
    '--output',
    reportFile,
    '--coverage',
    '--coverage-output',
    coverageFile,
  ];
  const { stdout, stderr } = await runTool(
    '@redocly/cli',
    [...listArguments(settings, specFile), ...outputs],
    tools,
  );
  if (!existsSync(reportFile) || !existsSync(coverageFile)) {
    throw new SetupError(
      `redocly drift did not compare the traffic: ${describe((stderr || stdout).replaceAll(specFile, settings.spec.file))}`,
    );
  }
  const { run, problems } = readJson<Omit<DriftReport, 'operations'>>(reportFile);
  return { run, problems, operations: readJson<Pick<DriftReport, 'operations'>>(coverageFile).operations };
}

// What it prints up to its stack trace, on one line.
function describe(output: string): string {
  return toLine(output.split(/\n\s+at /)[0]?.trim() ?? '');
}

function listArguments({ harFile, server, checksCredentials }: DriftSettings, specFile: string): string[] {
  const rules = [
    'undocumented-endpoint',
    'schema-consistency',
    ...(checksCredentials ? ['security-baseline'] : []),
  ];
  // The spec's server is a placeholder for a space, so that no host of real traffic is among its servers.
  const place = server === undefined ? ['--match-mode', 'basepath'] : ['--server', server];
  const limits = ['--rules', rules.join(), '--min-severity', 'warning', '--lint-config', 'off'];
  return ['drift', resolve(harFile), '--traffic-format', 'har', '--api', specFile, ...place, ...limits];
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}
