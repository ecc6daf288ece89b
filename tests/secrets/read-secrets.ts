import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { createSecrets, type Secrets } from '../../scripts/secrets/secrets.ts';

/** Reads what is a secret of the API that a file describes. */
export async function readSecrets(file: string): Promise<Secrets> {
  const { spec } = await readSpec(file);
  return createSecrets(spec?.document);
}
