import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { renderExamples } from '../../scripts/generate/render/examples.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

/** Renders the examples of one operation, `getBook`, with these responses, and reads what comes of it. */
async function render(responses: object): Promise<unknown> {
  const document = { openapi: '3.1.0', paths: { '/book': { get: { operationId: 'getBook', responses } } } };
  const file = join(makeTemporaryFolder(), 'examples.ts');
  writeFileSync(file, renderExamples(document as unknown as Oas3_1Definition));
  const { examples } = (await import(pathToFileURL(file).href)) as { examples: { getBook: unknown } };
  return examples.getBook;
}

const json = (examples: object) => ({ content: { 'application/json': examples } });
const headers = { 'Content-Type': 'application/json' };

it('gives an answer the name of its example', async () => {
  const examples = { found: { value: { title: 'Faust' } }, lent: { value: null } };
  expect(await render({ 200: json({ examples }) })).toEqual({
    found: { status: 200, headers, body: { title: 'Faust' } },
    lent: { status: 200, headers, body: null },
  });
});

it('names an answer by its status when its example has no name, or it has no body', async () => {
  expect(await render({ 200: json({ example: 'Faust' }), 404: {}, '5XX': {} })).toEqual({
    200: { status: 200, headers, body: 'Faust' },
    404: { status: 404, headers: {} },
    '5XX': { status: 500, headers: {} },
  });
});

it('takes the first media type with examples, and the first example of a name', async () => {
  const content = {
    'text/html': {},
    'text/plain': { examples: { book: { value: 'Faust' } } },
    'application/json': { examples: { other: { value: 'Faust' } } },
  };
  expect(await render({ 200: { content }, 404: json({ examples: { book: { value: 'none' } } }) })).toEqual({
    book: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'Faust' },
  });
});

it('leaves a response out whose body has no example here', async () => {
  expect(
    await render({ 200: json({}), 404: json({ examples: { far: { externalValue: 'x.json' } } }) }),
  ).toEqual({});
});

it('takes the headers that have examples, as text', async () => {
  const shown = { examples: { one: { value: 1 }, two: { value: 2 } } };
  expect(
    await render({ 302: { headers: { Location: { example: '/book' }, Age: shown, Vary: {} } } }),
  ).toEqual({
    302: { status: 302, headers: { Location: '/book', Age: '1' } },
  });
});
