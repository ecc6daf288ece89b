import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, createConfig, lint, loadConfig, YamlParseError } from '@redocly/openapi-core';
import { type Finding, formatPath } from '../../cli/finding.ts';
import { type Spec, toFindings } from '../../openapi/read-spec.ts';
import { findBareValues } from '../spec-rules/find-bare-values.ts';
import {
  findMalformedExtensions,
  findOptionalPathParameters,
  findUnmarkedSecrets,
} from '../spec-rules/rules.ts';
import type { Gate, GateContext } from './gate.ts';

/**
 * Spec against rules: Redocly's rules, the rules of the config, and four of our own. Also checks the files beside the
 * spec that the config names. Findings: `spec.lint`.
 */
export const run: Gate['run'] = async ({ spec, project }) => {
  const files = [spec.file, ...listBeside(spec, project)];
  const config = await loadRules(project);
  const findings = await Promise.all(files.map((file) => lintFile(file, config)));
  return [
    ...findings.flat(),
    ...findBareValues(spec),
    ...findUnmarkedSecrets(spec),
    ...findOptionalPathParameters(spec),
    ...findMalformedExtensions(spec),
  ];
};

function loadRules(project: GateContext['project']): Promise<Config> {
  const configPath = project?.lintConfig;
  return configPath === undefined ? createConfig({ extends: ['recommended'] }) : loadConfig({ configPath });
}

function listBeside(spec: Spec, project: GateContext['project']): string[] {
  const names = project?.config.lint?.beside ?? [];
  // A copy of the spec need not have them all beside it.
  return names.map((name) => join(dirname(spec.file), name)).filter((file) => existsSync(file));
}

async function lintFile(file: string, config: Config): Promise<Finding[]> {
  try {
    return toFindings(await lint({ ref: file, config }), 'spec.lint');
  } catch (error) {
    if (!(error instanceof YamlParseError)) {
      throw error;
    }
    const message = `Not valid YAML: ${error.message.replace(/ in ".*$/s, '')}.`;
    const at = { file: formatPath(file), line: error.line, column: error.col };
    return [{ code: 'spec.lint', severity: 'error', message, at }];
  }
}
