import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { findOwnSpec } from '../../../scripts/mock/engine/spec.ts';
import { type Mock, startMock } from '../../../scripts/mock/index.ts';
import { readSpec } from '../../../scripts/openapi/read-spec.ts';
import type { Exchanged } from './difference.ts';
import { exchange, type WireRequest } from './exchange.ts';
import { openPrism, type PrismProcess } from './open-prism.ts';

/** Plain Prism and mocks, with the toolkit's own spec, until they are disposed of. */
export interface Sides extends AsyncDisposable {
  document: Oas3_1Definition;
  /** The spec without `x-match`, which Prism doesn't know of: the file that plain Prism serves. */
  plainSpec: string;
  prism: PrismProcess;
  /** The mock of that spec. */
  plainMock: Mock;
  /** The mock of the spec as it is: where the toolkit is built, with the part of Prism that is bundled. */
  ownMock: Mock;
}

/**
 * Starts plain Prism and the mocks that are compared with it.
 */
export async function openSides(): Promise<Sides> {
  const document = await readDocument();
  const folder = mkdtempSync(join(tmpdir(), 'nexudus-differential-'));
  const plainSpec = join(folder, 'openapi.json');
  writeFileSync(
    plainSpec,
    JSON.stringify(document, (name, value) => (name === 'x-match' ? undefined : value)),
  );
  const prism = await openPrism(plainSpec);
  const plainMock = await startMock({ specFile: plainSpec });
  const ownMock = await startMock();
  return {
    ...{ document, plainSpec, prism, plainMock, ownMock },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([prism[Symbol.asyncDispose](), plainMock.close(), ownMock.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the toolkit's own spec. */
export async function readDocument(): Promise<Oas3_1Definition> {
  const { spec } = await readSpec(await findOwnSpec());
  if (spec === undefined) {
    throw new Error("The toolkit's own spec cannot be read.");
  }
  return spec.document;
}

/** Asks both sides the same, at the same time. */
export async function askBoth(prism: PrismProcess, mock: Mock, request: WireRequest): Promise<Exchanged> {
  const [ofPrism, ofMock] = await Promise.all([exchange(prism.url, request), exchange(mock.url, request)]);
  return { request, ofPrism, ofMock };
}
