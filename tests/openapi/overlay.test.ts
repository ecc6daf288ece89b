import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { formatFinding } from '../../scripts/cli/finding.ts';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { shop, writeSpec } from './write-spec.ts';

const get = {
  summary: 'List cups',
  tags: ['cups'],
  responses: { 200: { description: 'Cups.', content: { 'application/json': {} } } },
};
const cups = shop({ paths: { '/cups': { get, delete: get }, '/internal': { get } } });
const overlay = (actions: unknown, more: object = {}) => ({
  overlay: '1.0.0',
  info: { title: 'Ours', version: '1.0.0' },
  ...more,
  actions,
});

async function apply(actions: unknown, { spec = cups, more = {}, parts = {} } = {}) {
  const file = writeSpec(spec, { 'overlay.yaml': overlay(actions, more), ...parts });
  const overlays = [join(file, '../overlay.yaml')];
  const reading = await readSpec(file, { overlays });
  const findings = reading.findings.map((finding) =>
    formatFinding({ ...finding, at: { ...finding.at, file: relative(join(file, '..'), finding.at.file) } }),
  );
  return { spec: reading.spec, document: reading.spec?.document, findings };
}

it('merges what it updates into objects, and adds it to lists', async () => {
  const { document, findings } = await apply([
    { target: '$.info', update: { title: 'Our shop', contact: { name: 'Ada' } } },
    { target: "$.paths['/cups'].get.tags", update: 'new' },
    { target: '$.paths.*[?@.tags]', update: { 'x-provider-state': 'there are cups', tags: ['all'] } },
  ]);
  expect(findings).toEqual([]);
  expect(document?.info).toEqual({ title: 'Our shop', version: '1.0.0', contact: { name: 'Ada' } });
  expect(document?.paths).toMatchObject({
    '/cups': {
      get: { tags: ['cups', 'new', 'all'], 'x-provider-state': 'there are cups' },
      delete: { tags: ['cups', 'all'] },
    },
  });
});

it('removes what it selects, several items of a list too', async () => {
  const { document } = await apply(
    [
      { target: "$.paths['/internal']", remove: true },
      { target: '$.tags[?@.name != "cups"]', remove: true },
    ],
    { spec: { ...cups, tags: [{ name: 'a' }, { name: 'cups' }, { name: 'b' }] } as never },
  );
  expect(Object.keys(document?.paths ?? {})).toEqual(['/cups']);
  expect(document?.tags).toEqual([{ name: 'cups' }]);
});

it('applies its actions in their order, and overlays in theirs', async () => {
  const one = overlay([
    { target: '$.info', update: { title: 'One' } },
    { target: '$.info.title', remove: true },
    { target: '$.info', update: { title: 'Two' } },
  ]);
  const file = writeSpec(cups, {
    'one.yaml': one,
    'two.yaml': overlay([{ target: '$.info', update: { title: 'Three' } }]),
  });
  const overlays = ['one.yaml', 'two.yaml'].map((name) => join(file, '..', name));
  expect((await readSpec(file, { overlays })).spec?.document.info?.title).toBe('Three');
  expect((await readSpec(file, { overlays: overlays.reverse() })).spec?.document.info?.title).toBe('Two');
});

it('is applied before the document is checked, so that it can mend it', async () => {
  const broken = shop({
    paths: { '/cups': { get: { responses: { 200: { $ref: '#/components/responses/Cups' } } } } },
  });
  const file = writeSpec(broken);
  expect((await readSpec(file)).spec).toBeUndefined();
  const { spec, findings } = await apply(
    [{ target: '$', update: { components: { responses: { Cups: { description: 'Cups.' } } } } }],
    { spec: broken },
  );
  expect(spec).toBeDefined();
  expect(findings).toEqual([]);
});

it('reaches what comes from other files, and can refer to files of its own', async () => {
  const { document } = await apply(
    [
      {
        target: "$.paths['/mugs'].get.responses['200'].content['application/json']",
        update: { schema: { $ref: 'mug.json' } },
      },
    ],
    {
      spec: shop({ paths: { '/mugs': { $ref: 'mugs.json' } } }),
      parts: { 'mugs.json': { get }, 'mug.json': { type: 'string' } },
    },
  );
  expect(document).toMatchObject({
    paths: {
      '/mugs': {
        get: {
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/mug' } } } },
          },
        },
      },
    },
    components: { schemas: { mug: { type: 'string' } } },
  });
});

it('is the place of what it adds', async () => {
  const { spec } = await apply([
    { target: '$.info', update: { title: 'Our shop', contact: { name: 'Ada' } } },
    { target: "$.paths['/cups'].get", update: { 'x-match': { query: { size: 1 } } } },
  ]);
  const lineOf = (pointer: string) => {
    const { file, line } = spec?.locate(pointer) ?? {};
    return `${file?.replace(/^.*\//, '')}:${line}`;
  };
  expect(lineOf('#/info/title')).toBe('overlay.yaml:11');
  expect(lineOf('#/info/contact/name')).toBe('overlay.yaml:13');
  expect(lineOf('#/paths/~1cups/get/x-match')).toBe('overlay.yaml:20');
  expect(lineOf('#/info/version')).toBe('openapi.yaml:5');
  expect(lineOf('#/paths/~1cups/get/summary')).toBe('openapi.yaml:10');
});

it('warns of an action that selects nothing', async () => {
  const { spec, findings } = await apply([{ target: "$.paths['/mugs']", update: {} }]);
  expect(spec).toBeDefined();
  expect(findings).toEqual([
    "overlay.yaml:9:7 warning overlay.unmatched: Found nothing in the document at $.paths['/mugs']. The action does nothing.",
  ]);
});

it('warns where it extends another document', async () => {
  const actions = [{ target: '$.info', update: {} }];
  expect((await apply(actions, { more: { extends: 'openapi.yaml' } })).findings).toEqual([]);
  expect((await apply(actions, { more: { extends: 'https://shop.example/openapi.yaml' } })).findings).toEqual(
    [],
  );
  expect((await apply(actions, { more: { extends: './other.yaml' } })).findings).toEqual([
    expect.stringMatching(
      /^overlay\.yaml:7:3 warning overlay\.invalid: Found an overlay that extends \.\/other\.yaml/,
    ),
  ]);
});

it.each<[string, object, unknown, RegExp]>([
  [
    'of another version',
    { overlay: '2.0.0' },
    [],
    /^overlay\.yaml:1:1 .+ Found "overlay: 2.0.0", expected "overlay: 1.0.0"/,
  ],
  ['without actions', {}, undefined, /Found no list of "actions"/],
  ['with an action that is a text', {}, ['x'], /^overlay\.yaml:8:5 .+ Found an action that is not an object/],
  ['without a target', {}, [{ update: {} }], /Found no "target"/],
  [
    'with a target that is not JSONPath',
    {},
    [{ target: '$.[', update: {} }],
    /^overlay\.yaml:9:7 .+ not JSONPath: /,
  ],
  ['with an action that does nothing', {}, [{ target: '$' }], /without "update" and without "remove: true"/],
  ['with a misspelt field', {}, [{ target: '$', updates: {} }], /^overlay\.yaml:10:7 .+ Found "updates"/],
  ['that removes the document', {}, [{ target: '$', remove: true }], /removes the whole document/],
  [
    'that puts a text for an object',
    {},
    [{ target: '$', update: { info: 'Ours' } }],
    /^overlay\.yaml:11:9 .+ Found "Ours" at "info", expected an object/,
  ],
])('refuses an overlay %s', async (_title, more, actions, message) => {
  const { spec, findings } = await apply(actions, { more });
  expect(spec).toBeUndefined();
  expect(findings).toEqual([expect.stringMatching(message)]);
  expect(findings[0]).toContain(' error overlay.invalid: ');
});

it('refuses an overlay that is no YAML, with its line', async () => {
  const { spec, findings } = await apply([], { parts: { 'overlay.yaml': 'overlay: 1.0.0\nactions: [' } });
  expect(spec).toBeUndefined();
  expect(findings).toEqual([
    expect.stringMatching(/^overlay\.yaml:\d+:\d+ error overlay\.invalid: Not valid YAML/),
  ]);
});

it('throws for an overlay that is missing', async () => {
  const reading = readSpec(writeSpec(cups), { overlays: ['nowhere.yaml'] });
  await expect(reading).rejects.toThrow(
    /^Cannot read the overlay nowhere\.yaml: .+ Name another with --overlay\.$/,
  );
});
