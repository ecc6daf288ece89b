import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSpec } from '../../scripts/openapi/read-spec.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { shop, writeSpec } from './write-spec.ts';

type Answer = object | string | RequestListener;

/** Serves answers by their paths, and lists the paths that were asked for. */
async function serve(answers: (url: string) => Record<string, Answer>) {
  const asked: string[] = [];
  let url = '';
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers(url)[request.url ?? ''];
    if (typeof answer === 'function') {
      answer(request, response);
    } else {
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/plain' });
      response.end(typeof answer === 'object' ? JSON.stringify(answer) : answer);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked };
}

const redirect =
  (location: string): RequestListener =>
  (_request, response) =>
    response.writeHead(302, { location }).end();

const withSchema = ($ref: string) => shop({ components: { schemas: { Cup: { $ref } } } });

it('reads a document from a URL, and the files beside it', async () => {
  const { url } = await serve(() => ({
    '/v1/openapi': withSchema('../cup.json#/Cup'),
    '/cup.json': { Cup: { type: 'string' } },
  }));
  const { spec, findings, ...rest } = await readSpec(`${url}/v1/openapi`);
  expect(findings).toEqual([]);
  expect(spec?.document.components).toEqual({ schemas: { Cup: { type: 'string' } } });
  expect(spec?.locate('#/components/schemas/Cup')).toMatchObject({ file: `${url}/cup.json`, line: 1 });
  expect('sources' in rest && [...rest.sources.keys()]).toEqual([`${url}/v1/openapi`, `${url}/cup.json`]);
});

it('refuses a URL with a password, and does not tell it', async () => {
  const { url, asked } = await serve(() => ({ '/openapi.json': shop() }));
  const reading = readSpec(`${url.replace('//', '//ada:correct-horse@')}/openapi.json`);
  const { message } = await reading.then(
    () => expect.fail('it was read'),
    (error: Error) => error,
  );
  expect(message).toContain(`at ${url} holds a user name or a password`);
  expect(message).not.toContain('correct-horse');
  expect(asked).toEqual([]);
});

it('follows a redirect on its server, and refers to files from there', async () => {
  const { url } = await serve(() => ({
    '/latest': redirect('/v2/openapi.json'),
    '/v2/openapi.json': withSchema('cup.json'),
    '/v2/cup.json': { type: 'string' },
  }));
  expect((await readSpec(`${url}/latest`)).spec?.document.components).toEqual({
    schemas: { Cup: { type: 'string' } },
  });
});

it('sends no request to another server, unless it is told to', async () => {
  const other = await serve(() => ({ '/cup.json': { type: 'string' } }));
  const { url } = await serve(() => ({ '/': withSchema(`${other.url}/cup.json`) }));
  const { spec, findings } = await readSpec(`${url}/`);
  expect(spec).toBeUndefined();
  expect(findings).toMatchObject([
    { code: 'spec.unreadable', message: expect.stringContaining('Pass --allow-remote-refs to follow it.') },
  ]);
  expect(other.asked).toEqual([]);
  expect((await readSpec(`${url}/`, { allowRemoteRefs: true })).spec).toBeDefined();
  expect(other.asked).toEqual(['/cup.json']);
});

it('sends no request for a file, unless it is told to', async () => {
  const other = await serve(() => ({ '/cup.json': { type: 'string' } }));
  const file = writeSpec(withSchema(`${other.url}/cup.json`));
  const { findings } = await readSpec(file);
  expect(findings).toMatchObject([
    { message: expect.stringContaining('--allow-remote-refs'), at: { line: 11 } },
  ]);
  expect(other.asked).toEqual([]);
  expect((await readSpec(file, { allowRemoteRefs: true })).spec).toBeDefined();
});

it('sends no request for an example, an extension or a link', async () => {
  const other = await serve(() => ({}));
  const file = writeSpec({
    ...shop({
      externalDocs: { url: `${other.url}/docs` },
      components: {
        examples: {
          cup: { externalValue: `${other.url}/cup` },
          mug: { value: { $ref: `${other.url}/mug` } },
        },
      },
    }),
    'x-more': { $ref: `${other.url}/more` },
  });
  expect((await readSpec(file)).findings).toEqual([]);
  expect(other.asked).toEqual([]);
});

it('does not follow a redirect to another server', async () => {
  const other = await serve(() => ({ '/': shop(), '/cup.json': {} }));
  const { url } = await serve(() => ({
    '/': redirect(`${other.url}/`),
    '/file': redirect('file:///etc/passwd'),
    '/spec': withSchema('cup.json'),
    '/cup.json': redirect(`${other.url}/cup.json`),
  }));
  await expect(readSpec(`${url}/`)).rejects.toThrow(
    /redirects to .+, which is on another server\. Pass that URL/,
  );
  await expect(readSpec(`${url}/file`)).rejects.toThrow(/redirects to file:/);
  expect((await readSpec(`${url}/spec`)).findings).toMatchObject([
    { message: expect.stringContaining('redirects to') },
  ]);
  expect(other.asked).toEqual([]);
  expect((await readSpec(`${url}/`, { allowRemoteRefs: true })).spec).toBeDefined();
});

it.each([
  '/etc/passwd',
  'file:///etc/passwd',
  'FILE:///etc/passwd',
  '../../../etc/passwd',
  'data:application/json,{}',
])('lets a document of a server read no file: %s', async ($ref) => {
  const { url } = await serve(() => ({ '/a/openapi.json': withSchema($ref) }));
  const { spec, findings } = await readSpec(`${url}/a/openapi.json`, { allowRemoteRefs: true });
  expect(spec).toBeUndefined();
  expect(findings).toMatchObject([{ code: 'spec.unreadable' }]);
});

it('lets an overlay of this machine refer to its own files only', async () => {
  const folder = makeTemporaryFolder();
  const overlay = join(folder, 'overlay.json');
  const actions = [{ target: '$', update: { components: { schemas: { Mug: { $ref: 'mug.json' } } } } }];
  writeFileSync(overlay, JSON.stringify({ overlay: '1.0.0', actions }));
  writeFileSync(join(folder, 'mug.json'), '{ "type": "string" }');
  const { url } = await serve(() => ({ '/': shop() }));
  const { spec } = await readSpec(`${url}/`, { overlays: [overlay] });
  expect(spec?.document.components).toEqual({ schemas: { Mug: { type: 'string' } } });
});

it.each<[string, Record<string, Answer>, RegExp]>([
  ['is not there', {}, /responded with 404 Not Found\. Name another with --spec\.$/],
  ['redirects without an end', { '/': redirect('/') }, /redirects more than 5 times/],
  [
    'ends in the middle',
    {
      '/': (_request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('openapi:');
        response.destroy();
      },
    },
    /can't be fetched: /,
  ],
])('says of a URL why it can not be read: it %s', async (_title, answers, message) => {
  const { url } = await serve(() => answers);
  await expect(readSpec(`${url}/`)).rejects.toThrow(message);
});

it('says of a server that it does not speak TLS, or that there is none', async () => {
  const { url } = await serve(() => ({}));
  await expect(readSpec(url.replace('http:', 'https:'))).rejects.toThrow(
    /^Cannot read the spec https:.+ can't be fetched: /,
  );
  await expect(readSpec('http://127.0.0.1:1/')).rejects.toThrow(/can't be fetched: /);
});

it('says that it has found a page', async () => {
  const { url } = await serve(() => ({ '/': '<!DOCTYPE html><html><body>Sign in</body></html>' }));
  expect((await readSpec(`${url}/`)).findings).toMatchObject([
    {
      code: 'spec.unreadable',
      message: 'Found an HTML page, expected a document in YAML or JSON.',
      at: { file: `${url}/` },
    },
  ]);
});
