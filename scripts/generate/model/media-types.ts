import { isDeepStrictEqual } from 'node:util';
import type { Oas3_1Definition, Oas3_1Schema, Oas3MediaType } from '@redocly/openapi-core';
import { isFormType, isJsonType, readEssence } from '../../http/media-types.ts';
import { resolveReference } from '../../openapi/document.ts';

/** How a body is read. */
export type ContentKind = 'json' | 'text' | 'blob' | 'events';

/** The media types of a body that are read in one way and are of one type. */
export interface ContentModel {
  kind: ContentKind;
  mediaTypes: string[];
  /** Whether the schema of each media type says string. */
  isString: boolean;
}

type Content = Readonly<Record<string, Oas3MediaType<Oas3_1Schema>>>;

const textPattern =
  /^text\/|^application\/(xml|yaml|x-yaml|javascript|jwt|graphql|x-ndjson|jsonl|json-seq)\b|^[^;]+\+(xml|yaml)\b/i;

/**
 * Chooses the media type of a request body: JSON if documented, else a form, else multipart, else the first.
 */
export function chooseRequestMediaType(content: Content): string | undefined {
  const mediaTypes = Object.keys(content);
  return (
    mediaTypes.find((mediaType) => readEssence(mediaType) === 'application/json') ??
    mediaTypes.find(isJsonType) ??
    mediaTypes.find(isFormType) ??
    mediaTypes.find((mediaType) => readEssence(mediaType) === 'multipart/form-data') ??
    mediaTypes[0]
  );
}

/**
 * Sorts the media types of a response body: those that are read in the same way and are of the same type together, in
 * the order of the document.
 */
export function listContents(document: Oas3_1Definition, content: Content): ContentModel[] {
  const groups: (ContentModel & { schema: unknown })[] = [];
  for (const [name, mediaType] of Object.entries(content)) {
    const kind = kindOf(document, name, mediaType);
    const isOfString = isString(document, mediaType);
    const isTyped = kind === 'json' || kind === 'events' || (kind === 'text' && isOfString);
    const schema = isTyped ? mediaType.schema : undefined;
    const group = groups.find(
      (group) =>
        group.kind === kind && group.isString === isOfString && isDeepStrictEqual(group.schema, schema),
    );
    if (group !== undefined) {
      group.mediaTypes.push(name);
    } else {
      groups.push({ kind, mediaTypes: [name], isString: isOfString, schema });
    }
  }
  return groups.map(({ kind, mediaTypes, isString }) => ({ kind, mediaTypes, isString }));
}

/**
 * Chooses how a response body is read where it has to be one way: JSON comes before text, text before bytes, and events
 * come last.
 */
export function chooseContent(contents: readonly ContentModel[]): ContentModel | undefined {
  const kind = (['json', 'text', 'blob', 'events'] as const).find((kind) =>
    contents.some((content) => content.kind === kind),
  );
  const chosen = contents.filter((content) => content.kind === kind);
  return kind === undefined
    ? undefined
    : {
        kind,
        mediaTypes: chosen.flatMap(({ mediaTypes }) => mediaTypes),
        isString: chosen.every(({ isString }) => isString),
      };
}

/**
 * Tells whether the schema of a media type says that its body is a string.
 */
export function isString(document: Oas3_1Definition, mediaType: Oas3MediaType<Oas3_1Schema>): boolean {
  return schemaOf(document, mediaType)?.type === 'string';
}

/**
 * Tells how a body of a media type is read or written.
 */
export function kindOf(
  document: Oas3_1Definition,
  name: string,
  mediaType: Oas3MediaType<Oas3_1Schema>,
): ContentKind {
  const schema = schemaOf(document, mediaType);
  if (schema?.type === 'string' && schema.format === 'binary') {
    return 'blob';
  }
  if (name.includes('*') && !name.startsWith('text/')) {
    // A wildcard doesn't say how the body is written; what the schema describes does.
    return schema === undefined ? 'blob' : schema.type === 'string' ? 'text' : 'json';
  }
  if (isJsonType(name)) {
    return 'json';
  }
  if (readEssence(name) === 'text/event-stream') {
    return 'events';
  }
  return isFormType(name) || textPattern.test(name) ? 'text' : 'blob';
}

function schemaOf(
  document: Oas3_1Definition,
  { schema }: Oas3MediaType<Oas3_1Schema>,
): Oas3_1Schema | undefined {
  return schema === undefined ? undefined : resolveReference<Oas3_1Schema>(document, schema);
} /**
 * The status codes that IANA has registered. A list of our own, since Node's `STATUS_CODES` grows from version to
 * version and would change generated files with it.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
const registeredStatuses = [
  100, 101, 102, 103, 104, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305,
  307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421,
  422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
];

/**
 * Lists the statuses that a response stands for: one for `200`; for `4XX` every registered one of the range, and
 * for `default` every registered one, that no key more specific than it documents.
 *
 * `default` leaves 1xx out: no HTTP client hands such an answer over.
 */
export function listStatuses(key: string, documentedKeys: readonly string[]): number[] {
  if (/^\d{3}$/.test(key)) {
    return [Number(key)];
  }
  const documented = new Set(documentedKeys);
  const open = registeredStatuses.filter((status) => !documented.has(String(status)));
  if (key === 'default') {
    return open.filter((status) => status >= 200 && !documented.has(rangeOf(status)));
  }
  return open.filter((status) => rangeOf(status) === key.toUpperCase());
}

/**
 * Tells whether a response of that status can have a body at all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1
 */
export function allowsBody(status: number): boolean {
  return status >= 200 && ![204, 205, 304].includes(status);
}

function rangeOf(status: number): string {
  return `${Math.floor(status / 100)}XX`;
}
