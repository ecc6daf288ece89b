import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../scripts/generate/files.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

type Document = Parameters<typeof renderAll>[0];

/** Generates of a document, and imports what is made: a text that got into code would run. */
async function importAll(document: Document) {
  const folder = makeTemporaryFolder();
  const files: Record<string, string> = renderAll(document, {
    specFile: 'openapi.yaml',
    command: 'generate',
  });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
  return {
    files,
    ...(await load('operations.ts')),
    ...(await load('examples.ts')),
    ...(await load('validators.ts')),
    ...(await load('client.ts')),
    ...(await load('schema.ts')),
  };
}

describe('a large document', { timeout: 120_000 }, () => {
  const operationOf = (index: number) => ({
    operationId: `get${index}`,
    responses: {
      '200': {
        description: 'Done.',
        content: { 'application/json': { schema: { $ref: `#/components/schemas/S${index}` } } },
      },
    },
  });
  const documentOf = (count: number): Document => {
    const indexes = Array.from({ length: count }, (_, index) => index);
    const next = (index: number) => ({ $ref: `#/components/schemas/S${(index + 1) % Math.min(count, 500)}` });
    return {
      openapi: '3.1.0',
      info: { title: 'Large', version: '1' },
      paths: Object.fromEntries(indexes.map((index) => [`/p/${index}`, { get: operationOf(index) }])),
      components: {
        schemas: Object.fromEntries(
          indexes.map((index) => [
            `S${index}`,
            { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, next: next(index) } },
          ]),
        ),
      },
    } as unknown as Document;
  };

  it('of 1,000 operations, with 500 schemas in a circle, is generated and validates', async () => {
    const { operations, validators } = await importAll(documentOf(1000));
    expect(Object.keys(operations)).toHaveLength(1000);
    const { validate } = validators.get0['200']['~standard'];
    expect(validate({ id: 1, next: { id: 2, next: {} } }).issues).toEqual([
      { message: 'must be present', path: ['next', 'next', 'id'] },
    ]);
  });

  it('of an enum of 20,000 values, and of 50 objects in each other, is generated', async () => {
    const document = documentOf(1);
    const list = Array.from({ length: 20_000 }, (_, index) => `value ${index}`);
    let deep: object = { enum: list };
    for (let depth = 0; depth < 50; depth += 1) {
      deep = { type: 'object', properties: { inner: deep } };
    }
    Object.assign(document.components?.schemas ?? {}, { S0: deep });
    const { validators } = await importAll(document);
    const { validate } = validators.get0['200']['~standard'];
    const wrap = (value: unknown) => {
      let outer = value;
      for (let depth = 0; depth < 50; depth += 1) outer = { inner: outer };
      return outer;
    };
    expect(validate(wrap('value 19999')).issues).toBeUndefined();
    expect(validate(wrap('value 20000')).issues).toHaveLength(1);
  });
});
