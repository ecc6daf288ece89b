import type { Oas3_1Definition, Oas3_1Schema, Oas3MediaType } from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';

/** How a body is read. */
export type ContentKind = 'json' | 'text' | 'blob';

type Content = Readonly<Record<string, Oas3MediaType<Oas3_1Schema>>>;

const jsonPattern = /^[^/]+\/([^;]+\+)?json(-|\s*;|$)/i;
const textPattern =
  /^text\/|^application\/(x-www-form-urlencoded|xml|yaml|x-yaml|javascript|jwt|graphql|x-ndjson)\b|^[^;]+\+(xml|yaml)\b/i;

/**
 * Chooses the media type of a request body: JSON if documented, else a form, else multipart, else the first.
 */
export function chooseRequestMediaType(content: Content): string | undefined {
  const mediaTypes = Object.keys(content);
  return (
    mediaTypes.find((mediaType) => /^application\/json\b/i.test(mediaType)) ??
    mediaTypes.find((mediaType) => jsonPattern.test(mediaType)) ??
    mediaTypes.find((mediaType) => /^application\/x-www-form-urlencoded\b/i.test(mediaType)) ??
    mediaTypes.find((mediaType) => /^multipart\/form-data\b/i.test(mediaType)) ??
    mediaTypes[0]
  );
}

/**
 * Chooses how a response body is read, and the media types that are read so. One response can be read in one way
 * only: JSON comes before text, and text before bytes.
 */
export function chooseResponseContent(
  document: Oas3_1Definition,
  content: Content,
): { kind: ContentKind; mediaTypes: string[] } | undefined {
  const kinds = Object.entries(content).map(
    ([name, mediaType]) => [name, kindOf(document, name, mediaType)] as const,
  );
  const kind = (['json', 'text', 'blob'] as const).find((kind) => kinds.some(([, other]) => other === kind));
  return kind && { kind, mediaTypes: kinds.filter(([, other]) => other === kind).map(([name]) => name) };
}

/**
 * Tells whether the schema of a media type says that its body is a string.
 */
export function isString(document: Oas3_1Definition, mediaType: Oas3MediaType<Oas3_1Schema>): boolean {
  return schemaOf(document, mediaType)?.type === 'string';
}

function kindOf(
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
  return jsonPattern.test(name) ? 'json' : textPattern.test(name) ? 'text' : 'blob';
}

function schemaOf(
  document: Oas3_1Definition,
  { schema }: Oas3MediaType<Oas3_1Schema>,
): Oas3_1Schema | undefined {
  return schema === undefined ? undefined : resolveReference<Oas3_1Schema>(document, schema);
}
