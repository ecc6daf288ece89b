import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { readCompiledSpec } from '../../scripts/mock/compiled-spec.ts';
import { findOwnSpec } from '../../scripts/mock/load-spec.ts';
import { createPrism } from '../../scripts/mock/prism.ts';
import { readSpec } from '../../scripts/spec/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const copySpec = (): string => {
  const file = join(makeTemporaryFolder(), 'nexudus-auth.yaml');
  copyFileSync(findOwnSpec(), file);
  return file;
};

describe('the spec as the build has left it', () => {
  it('is what is read from the file, for the document and for the operations of Prism', async () => {
    const { spec } = await readSpec(findOwnSpec());
    const compiled = readCompiledSpec(findOwnSpec());
    expect(compiled?.document).toEqual(spec?.document);
    const document = compiled?.document as Oas3_1Definition;
    const { operations } = await createPrism(document, compiled?.operations);
    expect(operations).toHaveLength(7);
    expect(operations).toEqual((await createPrism(document)).operations);
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
