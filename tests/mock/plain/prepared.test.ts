import { describe, expect, it } from 'vitest';
import { readCompiledSpec } from '../../../scripts/mock/engine/spec.ts';
import { startMock } from '../../../scripts/mock/index.ts';
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

  it.each([
    ['is sent', { dynamic: false }, true],
    ['is not sent where values are made up', { dynamic: true }, false],
  ])('%s', async (_, settings, isSent) => {
    await using mock = await startMock({ specFile, ...settings });
    const body = new URLSearchParams({ grant_type: 'password', username: 'a@b.example', password: 'a' });
    const response = await fetch(`${mock.url}/api/token`, { method: 'POST', body });
    expect((await response.text()).includes('access-token-1')).toBe(isSent);
  });
});
