import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createConfig, lint, lintDocument, loadConfig, Source, YamlParseError } from '@redocly/openapi-core';
import { type Finding, formatPath, isUrl } from '../../cli/finding.ts';
import { hideData } from '../../openapi/node-types.ts';
import { type Spec, toFindings } from '../../openapi/read-spec.ts';
import { SpecResolver } from '../../openapi/resolver.ts';
import {
  findBareValues,
  findMalformedExtensions,
  findOptionalPathParameters,
  findUnknownSchemes,
  findUnmarkedSecrets,
} from '../rules/spec-rules.ts';
import type { Gate, GateContext } from './gate.ts';

/**
 * Spec against rules. What reading the spec has found comes first. For a project with a Redocly config, its rules and all
 * of our own follow, also for the files beside the spec that the config names; for any other document, the rules that say
 * what breaks. Findings: `spec.invalid`, `spec.unsupported`, `spec.lint`.
 */
export const run: Gate['run'] = async ({ spec, warnings = [], project }) => {
  const configPath = project?.lintConfig;
  const own =
    configPath === undefined ? await findBroken(spec) : await lintStrictly(spec, project, configPath);
  return [...warnings, ...own, ...findMalformedExtensions(spec)];
};

const examples = { severity: 'warn', allowAdditionalProperties: true } as const;

/** Lints any document: as it was read, with its parts, its overlays and in OpenAPI 3.1. */
async function findBroken(spec: Spec): Promise<Finding[]> {
  const config = await createConfig({
    resolve: { doNotResolveExamples: true },
    rules: {
      'path-parameters-defined': 'error',
      'no-identical-paths': 'warn',
      'operation-parameters-unique': 'warn',
      'no-undefined-server-variable': 'warn',
      'no-enum-type-mismatch': 'warn',
      'no-invalid-media-type-examples': examples,
      'no-invalid-parameter-examples': examples,
      'no-invalid-schema-examples': examples,
    },
  });
  const { document: parsed } = hideData(spec.document);
  const document = { source: new Source(spec.file, ''), parsed };
  const problems = await lintDocument({ document, config, externalRefResolver: new SpecResolver() });
  return [
    ...toFindings(problems, 'spec.lint', spec.locate).map(rate),
    ...findUnknownSchemes(spec),
    ...findOptionalPathParameters(spec).map((finding) => ({ ...finding, severity: 'warning' as const })),
  ];
}

// A parameter that no path has is of no use, and does no harm.
function rate(finding: Finding): Finding {
  return /is not used in the path/.test(finding.message) ? { ...finding, severity: 'warning' } : finding;
}

async function lintStrictly(
  spec: Spec,
  project: GateContext['project'],
  configPath: string,
): Promise<Finding[]> {
  const files = [spec.file, ...listBeside(spec, project)];
  const config = await loadConfig({ configPath });
  const findings = await Promise.all(files.map((file) => lintFile(file, config, project)));
  return [
    ...findings.flat(),
    ...findBareValues(spec),
    ...findUnmarkedSecrets(spec),
    ...findOptionalPathParameters(spec),
  ];
}

function listBeside(spec: Spec, project: GateContext['project']): string[] {
  const names = isUrl(spec.file) ? [] : (project?.config.lint?.beside ?? []);
  // A copy of the spec need not have them all beside it.
  return names.map((name) => join(dirname(spec.file), name)).filter((file) => existsSync(file));
}

async function lintFile(
  file: string,
  config: Awaited<ReturnType<typeof loadConfig>>,
  project: GateContext['project'],
): Promise<Finding[]> {
  const externalRefResolver = new SpecResolver(project?.readSettings);
  try {
    return toFindings(await lint({ ref: file, config, externalRefResolver }), 'spec.lint');
  } catch (error) {
    if (!(error instanceof YamlParseError)) {
      throw error;
    }
    const message = `Not valid YAML: ${error.message.replace(/ in ".*$/s, '')}.`;
    const at = { file: formatPath(file), line: error.line, column: error.col };
    return [{ code: 'spec.lint', severity: 'error', message, at }];
  }
}
