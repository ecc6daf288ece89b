import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, defineCommand } from '../../cli/command.ts';
import type { CommandEntry } from '../../cli/dispatch.ts';
import { formatPath } from '../../cli/finding.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { writeWhole } from '../../files/write-whole.ts';

/** The commands of the package, which the reference describes. */
export type Commands = Readonly<Record<string, CommandEntry>>;

/**
 * Creates `docs`.
 */
export function createDocsCommand(commands: Commands): Command {
  return defineCommand({
    name: 'docs',
    description: 'Writes the generated pages of docs/: the reference, and the diagrams of the sign-in flow.',
    options: {
      check: { type: 'boolean', help: 'write nothing, and list the pages that are out of date' },
      site: { type: 'boolean', help: 'build the site from the Markdown, into reports/site/' },
      serve: { type: 'boolean', help: 'serve the site that was built, at http://localhost:4173' },
      pictures: { type: 'boolean', help: 'draw the pictures of the README again, with Chromium' },
    },
    exitCodes: { 0: 'written, or up to date', 1: 'out of date', 2: 'wrong usage or a broken setup' },
    run: async ({ check, site, serve, pictures }, { stdout }) => {
      if (pictures) {
        const { drawPictures } = await import('./pictures.ts');
        for (const file of await drawPictures()) stdout(`drawn ${formatPath(file)}`);
        return 0;
      }
      if (site || serve) {
        const { buildSite, serveSite } = await import('./site.ts');
        if (site) stdout(`Built the site in ${formatPath(await buildSite())}.`);
        if (serve) await serveSite();
        return 0;
      }
      const pages = await renderPages(commands);
      const stale = findStale(pages);
      for (const file of stale) {
        if (!check) writePage(file, pages.get(file));
        stdout(`${check ? 'out of date' : 'written'} ${file}`);
      }
      return check && stale.length > 0 ? 1 : 0;
    },
  });
}

/** The folders that have generated pages alone. */
const folders = ['docs/reference', 'docs/reference/api', 'docs/reference/commands'];

/**
 * Renders all generated pages, by their paths from the root of the repository.
 */
export async function renderPages(commands: Commands): Promise<Map<string, string>> {
  const { renderCommands, renderConfig, renderExtensions, renderFindings } = await import('./reference.ts');
  const { renderAdmin, renderApi } = await import('./api-pages.ts');
  const { renderSignInFlow } = await import('./sign-in-flow.ts');
  const pages = {
    ...(await renderCommands(commands)),
    ...renderFindings(),
    ...renderConfig(),
    ...renderExtensions(),
    ...(await renderApi('openapi/nexudus-auth.yaml')),
    ...(await renderAdmin('openapi/mock-admin.yaml')),
    '../concepts/sign-in-flow.md': await renderSignInFlow('openapi/nexudus-auth.arazzo.yaml'),
  };
  return new Map(Object.entries(pages).map(([path, text]) => [join('docs/reference', path), text]));
}

/**
 * Lists the pages that are missing, have another text, or are no longer generated.
 */
export function findStale(pages: ReadonlyMap<string, string>): string[] {
  const changed = [...pages].filter(([file, text]) => {
    const place = toolkitFile(file);
    return !existsSync(place) || readFileSync(place, 'utf8') !== text;
  });
  const extra = folders.flatMap((folder) => {
    const names = existsSync(toolkitFile(folder)) ? readdirSync(toolkitFile(folder)) : [];
    return names
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name))
      .filter((file) => !pages.has(file));
  });
  return [...changed.map(([file]) => file), ...extra];
}

function writePage(file: string, text: string | undefined): void {
  if (text === undefined) rmSync(toolkitFile(file));
  else writeWhole(toolkitFile(file), text);
}
