import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBase } from '../../scripts/check/documents.ts';
import type { GateContext } from '../../scripts/check/gates/gate.ts';
import { specVersion } from '../../scripts/check/gates.ts';
import { SetupError } from '../../scripts/cli/command.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { specFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { contextWithSpec } from './changed-spec.ts';

const required = '      required: [jwt]\n';

async function contextSince(found = '', replacement = ''): Promise<GateContext> {
  const { spec: base } = await readSpec(specFile);
  return base === undefined
    ? expect.fail('the spec cannot be read')
    : { ...(await contextWithSpec(found, replacement)), base };
}

describe('the spec-version gate', () => {
  it('finds nothing where nothing has changed', async () => {
    expect(await specVersion.run(await contextSince())).toEqual([]);
  });

  it('finds a breaking change under the old version, and the version that it needs', async () => {
    const findings = await specVersion.run(await contextSince(required, '      required: []\n'));
    expect(findings).toMatchObject([
      {
        code: 'spec.needs-version',
        message: expect.stringContaining('require a minor bump (0.2.0) while below 1.0. Raise it in'),
        at: { pointer: '#/info/version', line: expect.any(Number) },
      },
      {
        code: 'spec.needs-version',
        message:
          'Breaks consumers: Properties of `MediaToken` are no longer required: `jwt`. (required-properties-removed)',
        at: { pointer: '#/components/schemas/MediaToken/required', line: expect.any(Number) },
      },
    ]);
  });

  it('finds nothing once the version is raised', async () => {
    expect(await specVersion.run(await contextSince('  version: 0.1.0', '  version: 0.1.1'))).toEqual([]);
  });
});

describe('readBase', () => {
  it('reads a file', async () => {
    expect((await readBase(specFile, 'elsewhere.yaml')).spec?.file).toBe(specFile);
  });

  it('reads the spec as a git ref has it', async () => {
    const { spec } = await readBase('HEAD', specFile);
    expect(spec?.document.info?.title).toBe('Nexudus authentication');
  });

  it('reports a base that is broken', async () => {
    const file = join(makeTemporaryFolder(), 'base.yaml');
    writeFileSync(file, 'swagger: "1.2"\n');
    expect((await readBase(file, specFile)).findings).toMatchObject([{ code: 'spec.unreadable' }]);
  });

  it.each(['no-such-ref', '--output=x'])('refuses %s, which is neither a file nor a ref', async (place) => {
    await expect(readBase(place, specFile)).rejects.toThrow(SetupError);
    await expect(readBase(place, specFile)).rejects.toThrow(
      `Cannot read --base "${place}": there is no such file`,
    );
  });
});
