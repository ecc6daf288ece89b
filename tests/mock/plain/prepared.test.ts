import { describe, expect, it } from 'vitest';
import { readCompiledSpec } from '../../../scripts/mock/engine/spec.ts';
import { specFile } from '../../own-project.ts';
import { compareWays } from './compare-ways.ts';

describe('what the build has prepared', () => {
  it('is what Prism answers', async () => {
    const spec = readCompiledSpec(specFile);
    const prepared = await spec?.loadPrepared?.();
    if (spec === undefined || prepared === undefined) {
      throw new Error('Nothing is prepared: npm run build.');
    }
    const { differences, answeredFast, valid } = await compareWays(spec.document, { changes: 40, prepared });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(answeredFast / valid).toBeGreaterThan(0.6);
  });
});
