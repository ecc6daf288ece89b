import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

type Pairs = { name: string; value: string }[];

/** An entry of a HAR file, open to any change. */
export interface Entry {
  request: {
    method: string;
    url: string;
    headers: Pairs;
    queryString: Pairs;
    postData?: { mimeType: string; text: string };
  };
  response: {
    status: number;
    headers: Pairs;
    content: { size: number; mimeType: string; text: string; encoding?: string };
  };
}

const toPairs = (entries: Iterable<[string, string]>): Pairs =>
  [...entries].map(([name, value]) => ({ name, value }));

/** Sends a request, and records it as one to a space of Nexudus. */
export async function record(mockUrl: string, target: string, init: RequestInit = {}): Promise<Entry> {
  const response = await fetch(mockUrl + target, { redirect: 'manual', ...init });
  const text = await response.text();
  const url = new URL(target, 'https://a-space.spaces.nexudus.com');
  const request = new Request(url, init);
  const body = await request.text();
  const mimeType = request.headers.get('content-type') ?? '';
  return {
    request: {
      method: request.method,
      url: url.href,
      headers: toPairs(request.headers),
      queryString: toPairs(url.searchParams),
      ...(body === '' ? {} : { postData: { mimeType, text: body } }),
    },
    response: {
      status: response.status,
      headers: toPairs(response.headers),
      content: { size: text.length, mimeType: response.headers.get('content-type') ?? '', text },
    },
  };
}

/** Writes a HAR file, and gives its path. */
export function writeHar(entries: readonly unknown[]): string {
  const common = { startedDateTime: '2026-11-24T10:00:00.000Z', time: 3, cache: {} };
  const timings = { send: 0, wait: 3, receive: 0 };
  const log = {
    version: '1.2',
    creator: { name: 'a test', version: '1' },
    entries: entries.map((entry) => ({ ...common, ...(entry as object), timings })),
  };
  return writeText(JSON.stringify({ log }, null, 2));
}

/** Writes whatever text as a HAR file, and gives its path. */
export function writeText(text: string): string {
  const file = join(makeTemporaryFolder(), 'traffic.har');
  writeFileSync(file, text);
  return file;
}
