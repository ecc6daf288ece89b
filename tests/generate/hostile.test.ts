import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderAll } from '../../scripts/generate/files.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { fixtureSpec } from './run-generate.ts';

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

async function readHostile(): Promise<Document> {
  const { spec } = await readSpec(fixtureSpec('hostile'));
  return spec?.document ?? { openapi: '' };
}

const own = (object: object, name: string) => Object.getOwnPropertyDescriptor(object, name)?.value;

// In two parts, since it looks like what it is to test.
const template = '`$' + '{process.exit(3)}`';

describe('a document that is written to break out', () => {
  it('is data in what is generated, the same as in the document', async () => {
    const document = await readHostile();
    const { operations, examples } = await importAll(document);
    const [path] = Object.keys(document.paths ?? {});
    expect(Object.keys(operations)).toEqual(['constructor', '__proto__', "'; process.exit(3); '", 'new']);
    expect(operations.constructor.path).toBe(path);
    const shown = own(
      own(document.paths ?? {}, path ?? '').get.responses['200'].content,
      "application/json; x='];throw 1;//",
    );
    for (const name of ['__proto__', 'toString']) {
      expect(JSON.stringify(own(examples.constructor, name).body)).toBe(
        JSON.stringify(own(shown.examples, name).value),
      );
    }
    expect(Object.getPrototypeOf(own(examples.constructor, '__proto__').body)).toBe(Object.prototype);
  });

  it('ends no comment and begins no line of its own', async () => {
    const { files } = await importAll(await readHostile());
    for (const text of Object.values<string>(files)) {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '');
      expect(code).not.toMatch(/throw new Error\('|process\.exit|export default/);
    }
  });

  it('is validated by names that are its own, not those of every object', async () => {
    const { validators } = await importAll(await readHostile());
    const { validate } = own(validators, '__proto__')['200']['~standard'];
    expect(validate({ prototype: 'x' }).issues).toBeUndefined();
    expect(validate({}).issues).toEqual([{ message: 'must be present', path: ['prototype'] }]);
    const third = validators["'; process.exit(3); '"]['200']['~standard'];
    expect(third.validate({}).issues.map(({ path }: { path: string[] }) => path)).toEqual([
      ['constructor'],
      ['\u2028'],
      [template],
    ]);
    const right = { constructor: 1, '\u2028': '\u2029', [template]: 1 };
    expect(third.validate(right).issues).toBeUndefined();
    expect(third.validate({ ...right, '*/ process.exit(3) /*': 'x' }).issues).toHaveLength(1);
  });
});
