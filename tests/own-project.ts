import { loadProject, type Project, requireProject } from '../scripts/cli/config.ts';

export const specFile = 'openapi/nexudus-auth.yaml';
export const pactFile = 'contracts/pacts/nexudus-portal-nexudus-api.json';

/** The contract of this repository, as its `contract.config.ts` has it. */
export const project: Project = requireProject(
  await loadProject(),
  'The tests need contract.config.ts',
  'check',
);
