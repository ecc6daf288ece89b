import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, lint, loadConfig, YamlParseError } from '@redocly/openapi-core';
import { formatPath } from '../../files/format-path.ts';
import type { Finding } from '../../finding.ts';
import { toFindings } from '../../spec/problem-findings.ts';
import { toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';
import { findBareValues } from '../spec-rules/find-bare-values.ts';
import { findOptionalPathParameters } from '../spec-rules/find-optional-path-parameters.ts';
import { findUnmarkedSecrets } from '../spec-rules/find-unmarked-secrets.ts';

/**
 * The spec alone, and what lies beside it, the Arazzo workflows and the spec of the mock's own paths: Redocly's rules,
 * those of redocly.yaml, and three of our own. Findings: `spec.lint`.
 */
export const run: Gate['run'] = async ({ spec }) => {
  const beside = [spec.file.replace(/\.ya?ml$/, '.arazzo.yaml'), join(dirname(spec.file), 'mock-admin.yaml')];
  const files = new Set([spec.file, ...beside.filter((file) => existsSync(file))]);
  const config = await loadConfig({ configPath: toolkitFile('redocly.yaml') });
  const findings = await Promise.all([...files].map((file) => lintFile(file, config)));
  return [
    ...findings.flat(),
    ...findBareValues(spec),
    ...findUnmarkedSecrets(spec),
    ...findOptionalPathParameters(spec),
  ];
};

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
