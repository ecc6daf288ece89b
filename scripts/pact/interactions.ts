import { isFormType, isJsonType, readBoundary, readEssence } from '../http/media-types.ts';
import { type MatchingRules, readMatchingRules } from './matching-rules.ts';
import { type Interaction, isVersion4, type Pact, type RawMessage, statesOf } from './pact.ts';

/** A request or a response, the same for every version of Pact. */
export interface Message {
  /** Names in lower case. */
  headers: Readonly<Record<string, readonly string[]>>;
  /**
   * The value is that of JSON; of a form the texts of its fields, by name; of all else the text. `contentType` is the
   * media type as the pact has it, with parameters; missing where the pact has none and it is guessed.
   */
  body?: { mediaType: string; contentType?: string; value: unknown };
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
 * Lists the HTTP interactions of a pact of version 1 to 4. Messages are left out.
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
  const { content, contentType, encoded } = toEnvelope(raw, hasEnvelopes);
  if (content === undefined || content === null) {
    return isEnvelope(raw, hasEnvelopes) ? undefined : { mediaType: 'application/json', value: content };
  }
  // The header is what is sent. The envelope has the type of the DSL, which writes application/json for problem+json.
  const named = header ?? contentType;
  const mediaType = named === undefined ? guessType(content) : readEssence(named);
  const value = decode(content, encoded, mediaType, named);
  return { mediaType, ...(named === undefined ? {} : { contentType: named }), value };
}

interface Envelope {
  content: unknown;
  contentType?: string;
  encoded?: boolean | string;
}

// From V4 on, a body brings its content type.
function toEnvelope(raw: unknown, hasEnvelopes: boolean): Envelope {
  return isEnvelope(raw, hasEnvelopes) ? raw : { content: raw };
}

function isEnvelope(raw: unknown, hasEnvelopes: boolean): raw is Envelope {
  return hasEnvelopes && typeof raw === 'object' && raw !== null && 'content' in raw;
}

// As Pact does it: https://github.com/pact-foundation/pact-specification/tree/version-3#body-content-type
function guessType(content: unknown): string {
  if (typeof content !== 'string') {
    return 'application/json';
  }
  return /^\s*</.test(content)
    ? 'application/xml'
    : /^\s*[[{"]/.test(content)
      ? 'application/json'
      : 'text/plain';
}

function decode(content: unknown, encoded: Envelope['encoded'], mediaType: string, named = ''): unknown {
  if (typeof content !== 'string') {
    return content;
  }
  const isJsonText = typeof encoded === 'string' && encoded.toUpperCase() === 'JSON';
  const isBinary = encoded !== undefined && encoded !== false && !isJsonText;
  const text = isBinary ? Buffer.from(content, 'base64').toString() : content;
  if (isFormType(mediaType)) {
    return groupPairs(new URLSearchParams(text));
  }
  if (mediaType === 'multipart/form-data') {
    return readParts(text, named);
  }
  // A text that is itself JSON, as it stands in some files of V2 and in a V4 body that is encoded.
  return isJsonType(mediaType) && (isJsonText || isBinary || /^\s*[[{]/.test(text)) ? parseJson(text) : text;
}

/** Parses JSON, or returns a text that is not JSON as it is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Reads the fields of a multipart body: a text, or a list of texts for one that is there several times. */
function readParts(text: string, contentType: string): unknown {
  const boundary = readBoundary(contentType) ?? /^--(\S+)/.exec(text)?.[1];
  if (boundary === undefined) {
    return text;
  }
  const pairs = text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const [head = '', ...rest] = part.replace(/^\r?\n/, '').split(/\r?\n\r?\n/);
    const [, name] = /;\s*name="?([^";\r\n]*)"?/i.exec(head) ?? [];
    return name === undefined ? [] : [[name, rest.join('\n\n').replace(/\r?\n$/, '')]];
  });
  return groupPairs(pairs);
}

function groupPairs(pairs: Iterable<[string, string]>): Record<string, string | string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...groups].map(([name, values]) => {
      const texts = values.map(([, value]) => value);
      return [name, texts.length === 1 ? (texts[0] ?? '') : texts];
    }),
  );
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
