import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, normalize, posix } from 'node:path';
import { SetupError } from '../../cli/command.ts';
import { findingCodes } from '../../cli/finding.ts';
import { toolkitFile } from '../../cli/toolkit.ts';
import { findPeerCommand, installPeers } from '../peers.ts';
import { listPages, readLinks, readPage } from './markdown.ts';

const home = 'docs/README.md';
const target = toolkitFile('reports/site');

/**
 * Builds the site of the documentation with VitePress.
 *
 * @returns the folder with its files
 * @throws {SetupError} with VitePress' own words where it fails, such as for a link that leads nowhere
 */
export async function buildSite(): Promise<string> {
  const peers = await installPeers('peers/docs');
  const folder = join(peers, 'site');
  writePages(folder);
  await runVitePress(peers, ['build', folder]);
  return target;
}

/**
 * Serves the built site until this process ends.
 *
 * @param port Default: 4173
 */
export async function serveSite(port = '4173'): Promise<void> {
  const peers = await installPeers('peers/docs');
  await runVitePress(peers, ['preview', join(peers, 'site'), '--port', port]);
}

async function runVitePress(peers: string, args: readonly string[]): Promise<void> {
  const script = findPeerCommand(peers, 'vitepress');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) {
    throw new SetupError(`Cannot ${args[0]} the site: vitepress ended with ${exitCode}.\n${said}`);
  }
}

/** Writes the pages as VitePress wants them: under the path that they get in the site, with links to those paths. */
function writePages(folder: string): void {
  const pages = [
    ...listPages(),
    'CHANGELOG.md',
    ...findingCodes.map((code) => `scripts/explain/pages/${code}.md`),
  ];
  for (const name of readdirSync(folder).filter((name) => name !== '.vitepress')) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  for (const page of pages) {
    const file = join(folder, placeOf(page));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, rewriteLinks(page, readPage(page) ?? '', folder));
  }
  const text = readPage(home) ?? '';
  const { name, description } = JSON.parse(readPage('package.json') ?? '');
  const site = { outDir: target, title: name, description, sidebar: readSidebar(text, pages) };
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
}

/** The path of a page in the site. */
export function placeOf(page: string): string {
  if (page === 'README.md') return 'overview.md';
  if (page === 'scripts/README.md') return 'toolkit.md';
  return page
    .replace(/^scripts\/explain\/pages\//, 'findings/')
    .replace(/^docs\//, '')
    .replace(/^(CHANGELOG|CONTRIBUTING|SECURITY)\.md$/, (name) => name.toLowerCase())
    .replace(/README\.md$/, 'index.md');
}

/** Points the links of a page to where their targets are in the site. Files that are no pages are copied. */
function rewriteLinks(page: string, text: string, folder: string): string {
  const links = readLinks(text).sort((one, other) => other.start - one.start);
  return links.reduce((before, { start, target }) => {
    const moved = moveLink(page, target, folder);
    return before.slice(0, start) + moved + before.slice(start + target.length);
  }, text);
}

function moveLink(page: string, target: string, folder: string): string {
  const [path = '', anchor] = target.split('#');
  if (path === '' || /^[a-z][\w+.-]*:/i.test(path)) return target;
  const named = normalize(join(dirname(page), path)).replace(/\/$/, '');
  if (!named.endsWith('.md') && statSync(toolkitFile(named)).isFile()) {
    return copyFile(named, folder);
  }
  const place = named.endsWith('.md') ? placeOf(named) : placeOfFolder(named, folder);
  const relative = posix.relative(dirname(placeOf(page)), place);
  return `${relative.startsWith('.') ? '' : './'}${relative}${anchor === undefined ? '' : `#${anchor}`}`;
}

function copyFile(file: string, folder: string): string {
  cpSync(toolkitFile(file), join(folder, 'public/files', file), { recursive: true });
  return `/files/${file}`;
}

/** A folder is its README, those of `docs/` are in the table of contents, and another gets a page that lists its files. */
function placeOfFolder(named: string, folder: string): string {
  const readme = join(named, 'README.md');
  if (existsSync(toolkitFile(readme))) return placeOf(readme);
  if (named.startsWith('docs/')) return placeOf(home);
  const place = `folders/${named}.md`;
  const names = readdirSync(toolkitFile(named), { withFileTypes: true }).filter((entry) => entry.isFile());
  const list = names.map(({ name }) => `- [${name}](${copyFile(join(named, name), folder)})`);
  mkdirSync(dirname(join(folder, place)), { recursive: true });
  writeFileSync(join(folder, place), `# ${named}\n\n${list.join('\n')}\n`);
  return place;
}

interface SidebarItem {
  text: string;
  link?: string;
  collapsed?: boolean;
  items?: SidebarItem[];
}

/** Reads the sidebar from the table of contents: its headings, the links of their lists, and the pages below each. */
function readSidebar(text: string, pages: readonly string[]): SidebarItem[] {
  const sections = text.split(/^## /m).slice(1);
  return sections.map((section) => ({
    text: section.split('\n')[0] ?? '',
    items: [...section.matchAll(/^- \[([^\]]+)\]\(([^)]+)\)/gm)].map(([, title = '', target = '']) => {
      const file = normalize(join(dirname(home), target));
      const folder = `${file.replace(/(?:\/README)?\.md$/, '')}/`;
      const below = pages.filter((page) => page.startsWith(folder) && page !== file);
      const items = below.map((page) => ({ text: basename(page, '.md'), link: `/${placeOf(page)}` }));
      return {
        text: title,
        link: `/${placeOf(file)}`,
        ...(items.length > 0 ? { collapsed: true, items } : {}),
      };
    }),
  }));
}
