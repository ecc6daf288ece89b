import { expect, it } from 'vitest';
import { findContent, isFormType, isJsonType } from '../../scripts/http/media-types.ts';

it.each([
  ['application/json', 'JSON'],
  ['Application/Problem+JSON ; charset=utf-8', 'JSON'],
  ['text/json', 'JSON'],
  ['model/gltf+json', 'JSON'],
  ['application/json-seq', 'neither'],
  ['application/x-ndjson', 'neither'],
  ['text/plain; of=application/json', 'neither'],
  ['application/x-www-form-urlencoded;charset=utf-8', 'a form'],
  ['APPLICATION/X-WWW-FORM-URLENCODED', 'a form'],
  ['multipart/form-data', 'neither'],
  ['', 'neither'],
])('takes "%s" for %s', (mediaType, kind) => {
  const found = isJsonType(mediaType) ? 'JSON' : isFormType(mediaType) ? 'a form' : 'neither';
  expect(found).toBe(kind);
});

it.each([
  ['text/plain; charset=utf-8', 'plain'],
  ['TEXT/HTML', 'any text'],
  ['image/png', 'anything'],
])('finds what a document has for %s: %s', (mediaType, found) => {
  const contents = { '*/*': 'anything', 'text/*': 'any text', 'text/plain;version=1': 'plain' };
  expect(findContent(contents, mediaType)).toBe(found);
});
