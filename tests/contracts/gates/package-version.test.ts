import { describe, expect, it } from 'vitest';
import * as packageVersion from '../../../contracts/gates/package-version.ts';
import { readManifest } from '../../../scripts/cli/toolkit.ts';
import { contextWithSpec } from '../../check/changed-spec.ts';

const { version } = readManifest();

describe('the package-version gate', () => {
  it('finds nothing where package and spec have one version', async () => {
    expect(await packageVersion.run(await contextWithSpec())).toEqual([]);
  });

  it('finds a spec that has got ahead', async () => {
    const context = await contextWithSpec(`  version: ${version}\n`, '  version: 99.0.0\n');
    expect(await packageVersion.run(context)).toMatchObject([
      {
        code: 'package.other-version',
        message: `The package has version ${version}, expected 99.0.0, the version of the spec.`,
      },
    ]);
  });
});
