import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import type { Project } from './project.ts';

// It warns of each `'use client'`, which means nothing outside of a framework.
const onLog = (): void => {};

/** A page that is served until it is disposed of. */
export interface ServedPage extends AsyncDisposable {
  url: string;
}

/** Writes fixtures into a project, as an app on `baseUrl`. */
export function writeApp(project: Project, baseUrl: string, ...names: string[]): void {
  for (const name of names) {
    const text = readFileSync(join('tests/package/fixtures', name), 'utf8');
    project.write(name, text.replace('https://your-space.spaces.nexudus.com', baseUrl));
  }
}

/** Imports a module of a project, bundled for Node.js. */
export async function importBundled<Exports>(project: Project, name: string): Promise<Exports> {
  const file = join(project.folder, 'bundled', `${name}.mjs`);
  await build({
    input: join(project.folder, name),
    platform: 'node',
    onLog,
    output: { file, codeSplitting: false },
  });
  return import(pathToFileURL(file).href);
}

/** Serves a module of a project, bundled for a browser with the checks of development, on a page that has `html` in its root. */
export async function servePage(project: Project, name: string, html = ''): Promise<ServedPage> {
  const { output } = await build({
    input: join(project.folder, name),
    write: false,
    platform: 'browser',
    onLog,
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
    output: { codeSplitting: false },
  });
  const page = `<!doctype html><title>App</title><div id="root">${html}</div><script type="module" src="app.js"></script>`;
  const server = createServer(({ url }, response) => {
    const isCode = url === '/app.js';
    response.setHeader('Content-Type', isCode ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isCode ? output[0].code : page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close().closeAllConnections();
    },
  };
}
