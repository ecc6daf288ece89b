import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prepareDocument } from '../../scripts/generate/prepare/document.ts';
import { renderValidators } from '../../scripts/generate/render/validators.ts';
import { tidyCode } from '../../scripts/generate/validators/compile.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { documentOf, importValidators, issuesBy, issuesOfDocument } from './import-validators.ts';
import { fixtureSpec } from './run-generate.ts';

describe('a validator of a schema', () => {
  it('follows references in a circle, and numbers the items of a list', async () => {
    const node = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        next: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
      },
    };
    const issues = await issuesBy({ $ref: '#/components/schemas/Node' }, { Node: node });
    expect(issues({ name: 'a', next: [{ name: 'b' }, { next: [] }, { name: 3 }] })).toEqual([
      '/next/1/name must be present',
      '/next/2/name must be string',
    ]);
    expect(issues({ name: 'a', next: [] })).toEqual([]);
  });

  it('counts characters, not halves of them, and compares whole values', async () => {
    const issues = await issuesBy({
      type: 'object',
      properties: {
        text: { type: 'string', maxLength: 2 },
        pair: { const: { a: [1, { b: null }] } },
        list: { uniqueItems: true },
      },
    });
    expect(
      issues({ text: '😀😀', pair: { a: [1, { b: null }] }, list: [{ a: 1 }, { a: 2 }, [], {}] }),
    ).toEqual([]);
    expect(issues({ text: '😀😀😀', pair: { a: [1, {}] }, list: [{ a: [1] }, { a: [1] }] })).toEqual([
      '/text must NOT have more than 2 characters',
      '/pair must be {"a":[1,{"b":null}]}',
      expect.stringContaining('/list must NOT have duplicate items'),
    ]);
  });

  it('escapes nothing in a path, and names no key that a body has of its own', async () => {
    const issues = await issuesBy({
      type: 'object',
      properties: { 'a/b~c': { type: 'number' } },
      additionalProperties: false,
    });
    expect(issues({ 'a/b~c': 'x', secret: 1 })).toEqual([
      '/ must NOT have additional properties',
      '/a/b~c must be number',
    ]);
  });

  it('takes a format for a note, and what it does not know for nothing', async () => {
    const issues = await issuesBy({
      type: 'string',
      format: 'email',
      $dynamicRef: '#x',
      'x-note': 1,
      discriminator: {},
      $id: 'x',
    });
    expect(issues('no e-mail address')).toEqual([]);
    expect(issues(1)).toEqual(['/ must be string']);
  });

  it('checks no pattern that JavaScript does not read, and every other one', async () => {
    const strange = await issuesBy({ type: 'string', pattern: '(?i)^a$', minLength: 1 });
    expect([strange('b'), strange('')]).toEqual([[], ['/ must NOT have fewer than 1 characters']]);
    const without = await issuesBy({ type: 'string', pattern: '^\\-\\_$' });
    expect([without('-_'), without('x')]).toEqual([[], [expect.stringContaining('must match pattern')]]);
  });

  it('sees properties that no branch evaluates', async () => {
    const issues = await issuesBy({ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false });
    expect([issues({ a: 1 }), issues({ a: 1, b: 2 })]).toEqual([
      [],
      ['/ must NOT have unevaluated properties'],
    ]);
  });
});

describe('what only requests have', () => {
  const secret = { Secret: { type: 'string', writeOnly: true } };
  const reference = { $ref: '#/components/schemas/Secret' };

  it.each([
    ['behind a reference', { required: ['pin', 'id'], properties: { pin: reference } }],
    ['in a part', { required: ['id'], allOf: [{ required: ['pin'] }, { properties: { pin: reference } }] }],
    ['of the whole', { required: ['pin', 'id'], allOf: [{ properties: { pin: reference } }] }],
  ])('is asked of no response, also %s', async (_, schema) => {
    const issues = await issuesBy({ type: 'object', ...schema }, secret);
    expect([issues({ id: 1 }), issues({})]).toEqual([[], ['/id must be present']]);
  });

  it('is let pass where it is there, as the schema has it', async () => {
    const closed = { type: 'object', additionalProperties: false, properties: { pin: reference } };
    const issues = await issuesBy(closed, secret);
    expect([issues({ pin: 'x' }), issues({ pin: 1 })]).toEqual([[], ['/pin must be string']]);
  });

  it('is not what says that it is for responses, too', async () => {
    const both = { type: 'string', writeOnly: true, readOnly: true };
    const issues = await issuesBy({ type: 'object', required: ['pin'], properties: { pin: both } });
    expect(issues({})).toEqual(['/pin must be present']);
  });
});

describe('a document that is careless', () => {
  it('is checked for what it says, and not for values that a keyword can not have', async () => {
    const issues = await issuesBy({
      type: ['object', 'any'],
      required: 'yes',
      minProperties: 1,
      properties: {
        size: { type: 'number', exclusiveMinimum: true, multipleOf: 0, maximum: '3' },
        kind: { enum: [], minLength: -1, maxLength: 1 },
      },
    });
    expect(issues({ size: 9, kind: 'x' })).toEqual([]);
    expect(issues({ size: 'x', kind: 'xx' })).toEqual([
      '/size must be number',
      '/kind must NOT have more than 1 characters',
    ]);
  });

  it('may say true or false for a schema, and more beside a reference', async () => {
    const anything = await issuesBy({ $ref: '#/components/schemas/Any' }, { Any: true });
    const nothing = await issuesBy({ $ref: '#/components/schemas/No' }, { No: false });
    expect([anything(1), nothing(1).length]).toEqual([[], 1]);
    const both = await issuesBy(
      { $ref: '#/components/schemas/List', maxItems: 1 },
      { List: { type: 'array' } },
    );
    expect([both([1]), both([1, 2]), both('x')]).toEqual([
      [],
      ['/ must NOT have more than 1 items'],
      ['/ must be array'],
    ]);
  });
});

it('checks formats where that is asked', async () => {
  const schema = {
    properties: { at: { format: 'date-time' }, id: { format: 'uuid' }, own: { format: 'x' } },
  };
  const file = join(makeTemporaryFolder(), 'validators.ts');
  writeFileSync(file, renderValidators(prepareDocument(documentOf(schema)), { validateFormats: true }));
  const { validate } = (await import(pathToFileURL(file).href)).validators.get['200']['~standard'];
  const right = { at: '2026-01-31T10:00:00Z', id: '123e4567-e89b-12d3-a456-426614174000', own: 'anything' };
  expect(validate(right).issues).toBeUndefined();
  const wrong = validate({ at: 'yesterday', id: '7' }).issues;
  expect(wrong.map(({ path }: { path: string[] }) => path[0])).toEqual(['at', 'id']);
});

describe('OpenAPI 3.0', () => {
  const issuesOf = async (schema: object, schemas?: object) => {
    const file = join(makeTemporaryFolder(), 'openapi.json');
    writeFileSync(file, JSON.stringify({ ...documentOf(schema, schemas), openapi: '3.0.3' }));
    const { spec } = await readSpec(file);
    return issuesOfDocument(spec?.document ?? documentOf({}));
  };

  it('can be null where it is nullable, with an enum and without a type, too', async () => {
    const issues = await issuesOf(
      {
        type: 'object',
        properties: {
          title: { type: 'string', nullable: true },
          color: { type: 'string', enum: ['red'], nullable: true },
          book: { nullable: true, allOf: [{ $ref: '#/components/schemas/Book' }] },
          plain: { type: 'string' },
        },
      },
      { Book: { type: 'object' } },
    );
    expect(issues({ title: null, color: null, book: null })).toEqual([]);
    expect(issues({ plain: null, title: 1 })).toEqual([
      '/title must be string or null',
      '/plain must be string',
    ]);
  });

  it('reads bounds that are flags', async () => {
    const issues = await issuesOf({
      type: 'object',
      required: ['size'],
      properties: { size: { minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: false } },
    });
    expect([issues({ size: 3 }), issues({ size: 1 })]).toEqual([[], ['/size must be > 1']]);
    expect(issues({})).toEqual(['/size must be present']);
  });

  it.each([
    ['3.0', issuesOf],
    ['3.1', issuesBy],
  ])('asks no response for what only requests have, in %s', async (_version, issuesIn) => {
    const issues = await issuesIn({
      type: 'object',
      required: ['password', 'size'],
      properties: { size: {}, password: { writeOnly: true } },
    });
    expect(issues({})).toEqual(['/size must be present']);
  });

  it('is not how 3.1 is read', async () => {
    const issues = await issuesBy({ type: 'string', nullable: true });
    expect(issues(null)).toEqual(['/ must be string']);
  });
});

describe('the file', () => {
  it('has a validator for each way to name a status, and the union of several media types', async () => {
    const { spec } = await readSpec(fixtureSpec('odd'));
    const validators = await importValidators(spec?.document ?? documentOf({}));
    expect(Object.keys(validators.getRanges)).toEqual(['200', '2XX', '4XX']);
    const { validate } = validators.sendAnything['200']['~standard'];
    expect([1, true, 'x'].map((value) => validate(value).issues === undefined)).toEqual([true, true, false]);
  });

  it('has a schema that many refer to once', async () => {
    const reference = { $ref: '#/components/schemas/Shared' };
    const text = renderValidators(
      documentOf(
        { properties: { a: reference, b: reference, c: { items: reference } } },
        { Shared: { type: 'object', required: ['onlyHere'] } },
      ),
    );
    expect(text.match(/onlyHere/g)?.length).toBe(
      renderValidators(documentOf(reference, { Shared: { type: 'object', required: ['onlyHere'] } })).match(
        /onlyHere/g,
      )?.length,
    );
  });

  it('does not change with words that nobody checks', () => {
    const one = documentOf({ type: 'string', description: 'One.', example: 'x', title: 'One' });
    expect(renderValidators(one)).toBe(renderValidators(documentOf({ type: 'string' })));
    expect(renderValidators(one)).not.toBe(renderValidators(documentOf({ type: 'number' })));
  });

  it('is not made of code that calls what is unknown', () => {
    const code = 'const func1 = require("ajv/dist/runtime/uri").default;\n';
    expect(() => tidyCode(code)).toThrow(/calls ajv\/dist\/runtime\/uri, for which there is no function/);
    expect(() =>
      tidyCode('const formats0 = require("ajv-formats/dist/formats").fullFormats.date;\n'),
    ).toThrow(/imports something/);
  });
});
