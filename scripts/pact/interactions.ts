import { isFormType, readEssence } from '../http/media-types.ts';
import { type MatchingRules, readMatchingRules } from './matching-rules.ts';
import { type Interaction, isVersion4, type Pact, type RawMessage, statesOf } from './pact.ts';

/** A request or a response, the same for every version of Pact. */
export interface Message {
  /** Names in lower case. */
  headers: Readonly<Record<string, readonly string[]>>;
  body?: { mediaType: string; value: unknown };
  rules: MatchingRules;
}

/** An HTTP interaction, the same for every version of Pact. */
export interface HttpInteraction {
  description: string;
  states: readonly string[];
  /** Its place in the pact, from 0. */
  index: number;
  /** JSON pointer to that place. */
  pointer: string;
  request: Message & { method: string; path: string; query: Readonly<Record<string, readonly string[]>> };
  response: Message & { status: number };
}

/**
 * Lists the HTTP interactions of a pact of version 2, 3 or 4. Messages are left out.
 */
export function readInteractions(pact: Pact): HttpInteraction[] {
  const hasEnvelopes = isVersion4(pact);
  return pact.interactions.flatMap((interaction, index) => {
    const isHttp = (interaction.type ?? 'Synchronous/HTTP') === 'Synchronous/HTTP';
    return isHttp ? [readInteraction(interaction, index, hasEnvelopes)] : [];
  });
}

function readInteraction(interaction: Interaction, index: number, hasEnvelopes: boolean): HttpInteraction {
  const { description, request, response } = interaction;
  const { method, path, query = {} } = request;
  return {
    description,
    states: statesOf(interaction),
    index,
    pointer: `#/interactions/${index}`,
    request: {
      ...readMessage(request, hasEnvelopes),
      method: method.toLowerCase(),
      path,
      query: readQuery(query),
    },
    response: { ...readMessage(response, hasEnvelopes), status: response.status },
  };
}

function readMessage(raw: RawMessage, hasEnvelopes: boolean): Message {
  const headers = Object.fromEntries(
    Object.entries(raw.headers ?? {}).map(([name, value]) => [name.toLowerCase(), toList(value)]),
  );
  const body = readBody(raw.body, headers['content-type']?.[0], hasEnvelopes);
  return { headers, rules: readMatchingRules(raw.matchingRules), ...(body === undefined ? {} : { body }) };
}

function readBody(raw: unknown, header: string | undefined, hasEnvelopes: boolean): Message['body'] {
  if (raw === undefined || raw === null) {
    return undefined;
  }
  const { content, contentType, encoded } = toEnvelope(raw, header, hasEnvelopes);
  const mediaType = readEssence(contentType);
  const decoded = encoded ? Buffer.from(String(content), 'base64').toString() : content;
  const isForm = isFormType(mediaType) && typeof decoded === 'string';
  return { mediaType, value: isForm ? Object.fromEntries(new URLSearchParams(decoded)) : decoded };
}

// From V4 on, a body brings its content type; before, the header names it, and JSON it is without one.
function toEnvelope(raw: unknown, header = 'application/json', hasEnvelopes: boolean) {
  const isEnvelope = hasEnvelopes && typeof raw === 'object' && raw !== null && 'content' in raw;
  return isEnvelope
    ? {
        contentType: header,
        encoded: false,
        ...(raw as { content: unknown; contentType?: string; encoded?: boolean | string }),
      }
    : { content: raw, contentType: header, encoded: false };
}

function readQuery(query: string | Record<string, string | string[]>): Record<string, string[]> {
  if (typeof query !== 'string') {
    return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, toList(value)]));
  }
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}

function toList(value: string | string[]): string[] {
  return typeof value === 'string' ? [value] : value;
}
