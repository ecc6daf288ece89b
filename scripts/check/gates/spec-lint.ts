import { existsSync } from 'node:fs';
import { lint, loadConfig } from '@redocly/openapi-core';
import { toFindings } from '../../spec/problem-findings.ts';
import { toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';
import { findBareValues } from '../spec-rules/find-bare-values.ts';
import { findOptionalPathParameters } from '../spec-rules/find-optional-path-parameters.ts';
import { findUnmarkedSecrets } from '../spec-rules/find-unmarked-secrets.ts';

/**
 * The spec alone, and the Arazzo workflows beside it: Redocly's rules, those of redocly.yaml, and three of our own.
 * Findings: `spec.lint`.
 */
export const specLint: Gate = {
  name: 'spec-lint',
  subject: 'spec',
  standard: 'rules',
  run: async ({ spec }) => {
    const config = await loadConfig({ configPath: toolkitFile('redocly.yaml') });
    const files = [spec.file, spec.file.replace(/\.ya?ml$/, '.arazzo.yaml')].filter((file) =>
      existsSync(file),
    );
    const problems = await Promise.all(files.map((ref) => lint({ ref, config })));
    return [
      ...toFindings(problems.flat(), 'spec.lint'),
      ...findBareValues(spec),
      ...findUnmarkedSecrets(spec),
      ...findOptionalPathParameters(spec),
    ];
  },
};
