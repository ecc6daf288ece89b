import { lint, loadConfig } from '@redocly/openapi-core';
import { toFindings } from '../../spec/problem-findings.ts';
import { toolkitFile } from '../../toolkit.ts';
import type { Gate } from '../gate.ts';

/** The spec alone: Redocly's rules and those of redocly.yaml. Findings: `spec.lint`. */
export const specLint: Gate = {
  name: 'spec-lint',
  title: 'spec against its rules',
  run: async ({ spec }) => {
    const config = await loadConfig({ configPath: toolkitFile('redocly.yaml') });
    return toFindings(await lint({ ref: spec.file, config }), 'spec.lint');
  },
};
