const maxRedirects = 5;
// For all of it, redirects and the body too.
const timeoutMs = 8000;

/** How far a document is followed. */
export interface FetchSettings {
  maxBytes: number;
  /** Whether a redirect to this URL is followed. */
  isAllowed: (url: string) => boolean;
}

/** A document that was fetched, and where it was found after all redirects. */
export interface Fetched {
  body: string;
  mimeType: string | undefined;
  url: string;
}

/**
 * Fetches a text by HTTP. Limits: 5 redirects, 8 seconds, and the size.
 *
 * @throws {Error} that says why it can't be had, as half a sentence
 */
export async function fetchText(from: string, { maxBytes, isAllowed }: FetchSettings): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = from;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await request(url, signal);
    const location = response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (!location) {
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`${url} responded with ${response.status} ${response.statusText}`.trim());
      }
      const mimeType = response.headers.get('content-type') ?? undefined;
      return { body: await readBody(response, maxBytes), mimeType, url };
    }
    await response.body?.cancel();
    const next = URL.parse(location, url)?.href ?? location;
    if (!/^https?:/.test(next) || !isAllowed(next)) {
      throw new Error(
        `${url} redirects to ${next}, which is on another server. Pass that URL, or --allow-remote-refs`,
      );
    }
    url = next;
  }
  throw new Error(`${from} redirects more than ${maxRedirects} times`);
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  const accept = 'application/yaml, application/json, */*;q=0.5';
  try {
    return await fetch(url, { redirect: 'manual', signal, headers: { accept } });
  } catch (cause) {
    throw new Error(describeFailure(cause, url), { cause });
  }
}

async function readBody(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) {
        break;
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new Error(describeFailure(cause, response.url), { cause });
  }
  if (size > maxBytes) {
    throw new Error(`${response.url} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`);
  }
  return new TextDecoder().decode(Buffer.concat(chunks)).replaceAll('\r\n', '\n');
}

// What fetch throws says "fetch failed", and why only in its cause.
function describeFailure(error: unknown, url: string): string {
  const { name, message, cause } = error as Error;
  return name === 'TimeoutError'
    ? `${url} did not respond completely within ${timeoutMs / 1000} s`
    : `${url} can't be fetched: ${(cause as Error | undefined)?.message || message}`;
}
