import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../scripts/http/message.ts';
import { specFile } from '../../own-project.ts';
import { compareWays, readDocument } from './compare-ways.ts';

const fixture = (name: string): string => new URL(`../fixtures/${name}.yaml`, import.meta.url).pathname;

describe('what is answered without Prism is what Prism answers', () => {
  it.each([
    ['the spec of the repository', specFile],
    ['a library', fixture('library')],
    ['trams', fixture('tram-auth')],
    ['a bookshop', fixture('bookshop')],
    // All that is odd in a request is in here, so that little is plain.
    ['a railway', fixture('railway')],
  ])('by %s', async (_, file) => {
    const { differences, answeredFast, valid } = await compareWays(await readDocument(file), { changes: 12 });
    expect(differences.slice(0, 3)).toEqual([]);
    expect(answeredFast / valid).toBeGreaterThan(0.3);
  });
});

type Odd = readonly [
  what: string,
  target: string,
  headers?: Readonly<Record<string, string>> | undefined,
  body?: string | undefined,
];

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

const odd: readonly Odd[] = [
  ['a name in two cases', '/trains/7/stops/a?key=1&Limit=3&limit=300'],
  ['a name in two cases, of which one is empty', '/trains/7/stops/a?key=1&limit=&Limit=300'],
  ['an item that is not in the list', '/trains/7/stops/a?key=1&classes=first&classes=third'],
  ['a name that is repeated', '/trains/7/stops/a?key=1&Limit=3&Limit=4'],
  ['a text in a list of numbers', '/trains/7/stops/a?key=1&ids=1,x'],
  ['pipes', '/trains/7/stops/a?key=1&pipes=1%7Cx'],
  ['brackets', '/trains/7/stops/a?key=1&filter[open]=maybe'],
  ['an old parameter', '/trains/7/stops/a?key=1&old=1'],
  ['an old header', '/trains/7/stops/a?key=1', { 'x-old': '1' }],
  ['a day that was never', '/trains/7/stops/a?key=1&day=2030-02-30'],
  ['an hour that is none', '/trains/7/stops/a?key=1&from=2030-01-31T24:00:00Z'],
  ['a blank in a date and time', '/trains/7/stops/a?key=1&from=2030-01-31%2010:00:00Z'],
  ['leading noughts', '/trains/7/stops/a?key=1&host=010.0.0.1'],
  ['an empty key', '/trains/7/stops/a?key='],
  ['no credentials', '/trains/7/stops/a'],
  ['half of the credentials', '/trains/7/stops/a', { authorization: 'Bearer a' }],
  ['an empty cookie', '/trains/7/stops/a', { authorization: 'Bearer a', cookie: 'rail=' }],
  ['a user without a password', '/trains/7/stops/a', { authorization: 'Basic YQ==' }],
  ['a scheme alone', '/trains/7/stops/a', { authorization: 'Bearer ', cookie: 'rail=1' }],
  ['an empty segment', '/trains//stops/a?key=1'],
  ['a comma in the path', '/trains/7/stops/a,b?key=1'],
  ['an encoded letter in the path', '/trains/%37/stops/a?key=1'],
  ['credentials that are none', '/timetable', { authorization: 'x' }],
  ['a scheme without a token', '/timetable', { authorization: 'Bearer' }],
  ['a reserved character', '/tickets', form, "train=7&first=true&note=a'b"],
  ['a name that is encoded in two ways', '/tickets', form, 'train=7&tr%61in=x&train=7'],
  ['a plus sign in a name', '/tickets', form, 'tr+ain=7'],
  ['a form as JSON', '/tickets', json, 'train=7'],
  ['JSON as a form', '/tickets', form, '{"train":7,"passengers":[{"name":"a"}]}'],
  ['JSON without an object', '/tickets', json, '0'],
  ['JSON of another kind', '/tickets', { 'content-type': 'application/vnd.rail.v1+json' }, '[]'],
  [
    'a wrong part of a part',
    '/tickets',
    json,
    '{"train":7,"passengers":[{"name":"a","parent":{"name":""}}]}',
  ],
  ['nothing', '/tickets', json],
  ['a body without a type', '/tickets', {}, '{"train":7,"passengers":[{"name":"a"}]}'],
];

function toRequest([, target, headers = {}, body = '']: Odd): RawRequest {
  const method = target.startsWith('/tickets') ? 'POST' : 'GET';
  return { method, target: `/v2${target}`, headers, body: Buffer.from(body) };
}

describe('what looks valid and is not is for Prism to say', () => {
  it.each(odd.map((one): [string, RawRequest] => [one[0], toRequest(one)]))('%s', async (_, request) => {
    const document = await readDocument(fixture('railway'));
    const { differences } = await compareWays(document, {
      changes: 0,
      more: [request],
    });
    expect(differences).toEqual([]);
  });
});
