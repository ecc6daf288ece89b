import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { renderAll } from '../../scripts/generate/files.ts';
import { describeOrigin } from '../../scripts/generate/model/origin.ts';
import { createSender, type Operation } from '../../src/runtime/index.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const run = 'globalThis.wasRun = true';
const payloads = [
  `*/ ${run} /*`,
  `'; ${run}; '`,
  `"; ${run}; "`,
  `\\'; ${run}; //`,
  `\`; ${run}; \``,
  `\${${run}}`,
  `\n${run} //`,
  `\r${run} //`,
  `\u2028${run} //`,
  `']; ${run}; ['`,
  `}; ${run}; const x = {`,
  `</script><script>${run}</script>`,
  '\n@deprecated',
];

/** A document that has the text in each place that gets into the client. */
function makeDocument(text: string): Oas3_1Definition {
  const schema = {
    type: 'object',
    description: text,
    properties: { [text]: { type: 'string', description: text } },
  };
  const content = {
    'application/json': { schema },
    [`image/*;${text}`]: { schema: { type: 'string', format: 'binary' } },
    [`text/${text}`]: { schema: { type: 'string' } },
    [`multipart/form-data;${text}`]: { schema, encoding: { [text]: { contentType: text } } },
  };
  const parameter = (place: string) => ({
    name: text,
    in: place,
    required: place === 'path',
    description: text,
    style: place === 'path' ? 'matrix' : undefined,
    schema: { type: 'string', pattern: text, const: text },
  });
  const document = {
    openapi: '3.1.0',
    info: { title: text, version: text },
    paths: {
      [`/a/{${text}}`]: {
        post: {
          operationId: text,
          summary: text,
          description: text,
          externalDocs: { url: text },
          'x-evidence': text,
          parameters: ['path', 'query', 'header', 'cookie'].map(parameter),
          requestBody: { content },
          responses: { 200: { description: text, content }, default: { description: text, content } },
          security: [{ [text]: [] }],
        },
        get: { responses: { 200: { description: text } } },
      },
    },
    components: {
      schemas: { [text]: schema },
      securitySchemes: { [text]: { type: 'apiKey', in: 'query', name: text, description: text } },
    },
  };
  return JSON.parse(JSON.stringify(document));
}

it.each(payloads)('takes %j for data, wherever it stands', async (text) => {
  const files = renderAll(makeDocument(text), describeOrigin({ specFile: text, outDir: 'out' }));
  const folder = makeTemporaryFolder();
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
  await Promise.all(Object.keys(files).map(load));
  expect(globalThis).not.toHaveProperty('wasRun');

  const { operations } = await load('operations.ts');
  expect(Object.keys(operations), 'the id stays as it is').toContain(text);
  const operation: Operation = operations[text];
  expect(operation).toMatchObject({
    path: `/a/{${text}}`,
    query: [{ name: text, const: text, pattern: text }],
    styles: { path: { [text]: { style: 'matrix' } } },
    security: [{ [text]: { in: 'query', name: text } }],
  });

  const { createClient } = await load('client.ts');
  const urls: string[] = [];
  const fetch = async (url: string) => {
    urls.push(url);
    return Response.json({});
  };
  const client = createClient(createSender(operations, { baseUrl: 'https://api.example', fetch }));
  const [name = '', ...others] = Object.keys(client);
  expect([name, ...others].every((each) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(each))).toBe(true);
  // A placeholder ends with the first brace.
  const [, placeholder = ''] = /{(.+?)}/.exec(operation.path) ?? [];
  await client[name]({ path: { [placeholder]: 'x' }, query: { [text]: 'y' }, credentials: { [text]: 'z' } });
  expect(urls[0]).toMatch(/^https:\/\/api\.example\/a\//);
  expect(globalThis).not.toHaveProperty('wasRun');
});

it('lets no line of a text become a tag', () => {
  const { 'client.ts': client } = renderAll(
    makeDocument('x\n@deprecated'),
    describeOrigin({ specFile: 'x', outDir: 'y' }),
  );
  expect(client).toContain('@see POST /a/{x @deprecated}');
  expect(client).not.toMatch(/^\s*\*\s*@deprecated/m);
});
