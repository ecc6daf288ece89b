import { existsSync, readdirSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { extname, join } from 'node:path';
import { builtFile, toolkitFile } from '../../cli/toolkit.ts';
import type { Answer } from '../../http/message.ts';

/** The folder of the console's files, below the mock's own path. */
const folderName = 'page/';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  // As a browser runs it: without its types.
  '.ts': 'text/javascript; charset=utf-8',
};

const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    // A page of another origin could have its visitor click on a button of this one.
    "frame-ancestors 'none'",
  ].join('; '),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/**
 * Answers with a file of the console: `''` is the page itself. In the repository they are the sources, and in a package
 * what the build has made of them. Nothing is read before somebody asks for it.
 *
 * @param name below the mock's own path
 * @returns `undefined` where there is no such file
 */
export function answerPage(name: string): Answer | undefined {
  const file = name === '' ? 'index.html' : name.startsWith(folderName) ? name.slice(folderName.length) : '';
  const text = readPageFile(file);
  return text === undefined
    ? undefined
    : { status: 200, headers: { 'content-type': types[extname(file)] ?? '', ...headers }, body: text };
}

/**
 * Answers a browser that was led to a path which the API does not have: it says where a real server would have shown a
 * page.
 *
 * @param path as it was asked for
 * @param world what goes before the paths of its URLs
 * @param from what led there, where that is known, and who is signed in
 */
export function answerLanding(
  path: string,
  world: string,
  from?: { operationId?: string | undefined; holder?: string | undefined },
): Answer {
  const text = readPageFile('landing.html') ?? '';
  const [title, reason] = from === undefined ? describeUnknown(path) : describeRedirect(path, from);
  const body = text
    .replaceAll('{{world}}', world)
    .replaceAll('{{title}}', () => escapeText(title))
    .replaceAll('{{reason}}', () => escapeText(reason));
  // A page for a person: a program that follows the redirect gets what it always got.
  return { status: 404, headers: { 'content-type': types['.html'] ?? '', ...headers, vary: 'Accept' }, body };
}

function describeUnknown(path: string): [title: string, reason: string] {
  return [
    `This API has no ${path}`,
    'The document does not describe this path, so the mock has nothing to show here.',
  ];
}

function describeRedirect(
  path: string,
  { operationId = 'A redirect', holder }: { operationId?: string | undefined; holder?: string | undefined },
): [title: string, reason: string] {
  return [
    `You would be on ${path}${holder === undefined ? '' : `, signed in as ${holder}`}`,
    `${operationId} led here. The page itself is the real server's: the document describes the API only.`,
  ];
}

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const sources = toolkitFile('scripts/mock/control/page');
let names: ReadonlySet<string> | undefined;

function readPageFile(name: string): string | undefined {
  const folder = existsSync(sources) ? sources : builtFile('page');
  // A list of names, so that no name leads out of the folder.
  names ??= new Set(readdirSync(folder));
  const source = name === 'main.js' && folder === sources ? 'main.ts' : name;
  if (!names.has(source)) {
    return undefined;
  }
  const text = readFileSync(join(folder, source), 'utf8');
  return extname(source) === '.ts' ? stripTypes(text) : text;
}

// In the repository only, whose Node.js is one that has this. It warns that it is experimental.
function stripTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return module.stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}
