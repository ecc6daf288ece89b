import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { createOperationLoader } from '../../scripts/mock/engine/operation-loader.ts';
import { readCompiledSpec } from '../../scripts/mock/engine/spec.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { specFile } from '../own-project.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const copySpec = (): string => {
  const file = join(makeTemporaryFolder(), 'nexudus-auth.yaml');
  copyFileSync(specFile, file);
  return file;
};

describe('the spec as the build has left it', () => {
  it('is what is read from the file, for the document and for the operations of Prism', async () => {
    const { spec } = await readSpec(specFile);
    const compiled = readCompiledSpec(specFile);
    expect(compiled?.document).toEqual(spec?.document);
    const document = compiled?.document as Oas3_1Definition;
    const operations = createOperationLoader(document, compiled?.operations).loaded;
    expect(operations).not.toEqual([]);
    const loader = createOperationLoader(document);
    await Promise.all(loader.stubs.map(loader.load));
    expect(operations).toEqual(loader.loaded);
  });

  it('is known by the bytes of the file, wherever that is', () => {
    expect(readCompiledSpec(copySpec())).toBeDefined();
  });

  it('is not taken for a file that has changed since', () => {
    const file = copySpec();
    appendFileSync(file, '\n');
    expect(readCompiledSpec(file)).toBeUndefined();
  });

  it('is not taken for a file that is missing', () => {
    expect(readCompiledSpec(join(makeTemporaryFolder(), 'none.yaml'))).toBeUndefined();
  });
});
