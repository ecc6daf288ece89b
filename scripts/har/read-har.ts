import { readFileSync } from 'node:fs';
import { getLineColLocation, Source } from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatPath, type Place } from '../cli/finding.ts';
import { readEssence } from '../http/media-types.ts';
import { isPlainObject } from '../openapi/document.ts';
import { decodeText, learnInto } from '../secrets/exchange.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { maskText, maskValue } from '../secrets/text.ts';

/** A request and its answer, as far as they are read here. */
export interface Exchange {
  method: string;
  url: URL;
  /** 0 where there was no answer. */
  status: number;
  /** Of the answer, without parameters; empty where it has no body. */
  mediaType: string;
}

/** A HAR file with the places of its entries. */
export interface Har {
  file: string;
  /** By their place in `#/log/entries`. */
  exchanges: readonly Exchange[];
  secrets: readonly string[];
  /** False where no request has an `Authorization`: browsers can leave it out of what they export. */
  hasCredentials: boolean;
  /** Finds a JSON pointer such as `#/log/entries/0`. */
  locate: (pointer: string) => Place;
}

/** Either a HAR file, or what is wrong with it. */
export type HarReading = { har: Har; findings: [] } | { har: undefined; findings: Finding[] };

const incomplete =
  'Found an entry that lacks the method or the URL of its request, or the status of its response. Expected all ' +
  'three: record the traffic anew, or leave the entry out.';

// Entries have about 10 levels, those of Chrome more: its stacks of asynchronous calls.
const maxDepth = 500;
const tooDeep = `Found more than ${maxDepth} levels of nesting.`;

/**
 * Reads a HAR file. What is wrong with it comes back as a finding of code `traffic.unreadable`.
 *
 * @throws {SetupError} when there is no such file
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHar(path: string, definition: Secrets): HarReading {
  const text = readText(path);
  const file = formatPath(path);
  const { entries, reason } = parseEntries(text);
  if (entries === undefined) {
    return refuse(`${reason} Expected a HAR file, as browsers export it.`, { file, line: 1, column: 1 });
  }
  const locate = createLocate(path, text);
  const exchanges = entries.map(readExchange);
  const broken = exchanges.indexOf(undefined);
  if (broken !== -1) {
    return refuse(incomplete, locate(`#/log/entries/${broken}`));
  }
  const har: Har = {
    file,
    exchanges: exchanges.filter((exchange) => exchange !== undefined),
    secrets: listHarSecrets(entries, definition),
    hasCredentials: /"name":\s*"authorization"/i.test(text),
    locate,
  };
  return { har, findings: [] };
}

function createLocate(path: string, text: string): Har['locate'] {
  const source = new Source(path, text);
  return (pointer) => {
    const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
    return { file: formatPath(path), line: start.line, column: start.col, pointer };
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SetupError(`Cannot read the traffic ${path}: ${(cause as Error).message}.`, { cause });
  }
}

function parseEntries(text: string): { entries?: unknown[]; reason?: string } {
  try {
    const har = JSON.parse(text) as { log?: { entries?: unknown } } | null;
    const entries = har?.log?.entries;
    if (!Array.isArray(entries) || entries.length === 0) {
      return { reason: 'Found no entries in a log.' };
    }
    return isDeeper(har, maxDepth) ? { reason: tooDeep } : { entries };
  } catch {
    // The parser's message quotes the text, which can hold a secret.
    return { reason: 'No JSON.' };
  }
}

// Without recursion, which is what a deep file would break.
function isDeeper(root: unknown, maxDepth: number): boolean {
  let level = [root];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    level = level.flatMap((node) => (typeof node === 'object' && node !== null ? Object.values(node) : []));
  }
  return level.length > 0;
}

function readExchange(entry: unknown): Exchange | undefined {
  const { request, response } = (isPlainObject(entry) ? entry : {}) as {
    request?: { method?: unknown; url?: unknown };
    response?: { status?: unknown; content?: { mimeType?: unknown; size?: unknown } };
  };
  const url = URL.parse(String(request?.url));
  const { method } = request ?? {};
  if (url === null || !isMethod(method) || typeof response?.status !== 'number') {
    return undefined;
  }
  const { mimeType, size } = response.content ?? {};
  const mediaType = typeof mimeType === 'string' && size !== 0 ? readEssence(mimeType) : '';
  return {
    method: method.toLowerCase(),
    url,
    status: response.status,
    mediaType: mediaType.trim().toLowerCase(),
  };
}

// RFC 9110, section 5.6.2: a token.
function isMethod(method: unknown): method is string {
  return typeof method === 'string' && /^[!#$%&'*+.^_`|~\w-]+$/.test(method);
}

function refuse(message: string, at: Place): HarReading {
  return { har: undefined, findings: [{ code: 'traffic.unreadable', severity: 'error', message, at }] };
}

/**
 * Lists the secrets in the entries of a HAR file: in headers, cookies, parameters, URLs and bodies.
 */
function listHarSecrets(entries: readonly unknown[], { isSecretName }: Secrets): string[] {
  const found = new Set<string>();
  const masking = learnInto(found, isSecretName);
  for (const entry of entries) {
    maskValue(entry, masking);
    for (const text of listEncodedTexts(entry)) {
      maskText(text, masking);
    }
  }
  return [...found];
}

// A body can be in base64. Wherever it stands: the parts of an entry can be missing, or something else.
function listEncodedTexts(entry: unknown): string[] {
  const texts: string[] = [];
  const open = [entry];
  while (open.length > 0) {
    const node = open.pop();
    if (isPlainObject(node) && node.encoding === 'base64' && typeof node.text === 'string') {
      texts.push(decodeText(Buffer.from(node.text, 'base64'), String(node.mimeType)));
    }
    if (typeof node === 'object' && node !== null) {
      // One at a time: as arguments of one call, a long list would overflow the stack.
      for (const value of Object.values(node)) {
        open.push(value);
      }
    }
  }
  return texts;
}
