import fastCheck, { type Arbitrary } from 'fast-check';
import type { WireRequest } from './exchange.ts';
import { type Fields, type FittingRequest, fittingRequests } from './fitting-requests.ts';
import { bodyOf, changeFields, encodeFields, mostly, rawText } from './odd-fields.ts';
import { oddHeaders, queryPreferences } from './odd-headers.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'] as const;

/** Requests to every operation, good and bad. */
export const anyRequest: Arbitrary<WireRequest> = fastCheck
  .constantFrom(...fittingRequests)
  .chain(changeRequest);

function changeRequest(fitting: FittingRequest): Arbitrary<WireRequest> {
  const parts = fastCheck.record({
    method: mostly(fitting.method, fastCheck.constantFrom<string[]>(...methods)),
    path: mostly(fitting.path, fastCheck.constantFrom(...listOddPaths(fitting.path))),
    query: changeFields(fitting.query),
    preferred: mostly<Fields>([], fastCheck.constantFrom(...queryPreferences)),
    rawQuery: mostly(
      '',
      rawText.map((raw) => raw.replaceAll(/[^!-~]|#/g, '')),
    ),
    ownHeaders: mostly(fitting.headers, fastCheck.constant<WireRequest['headers']>([])),
    addedHeaders: oddHeaders,
    body: bodyOf(fitting.fields),
    isChunked: mostly(false, fastCheck.constant(true)),
  });
  return parts.map(
    ({ method, path, query, preferred, rawQuery, ownHeaders, addedHeaders, body, isChunked }) => {
      const search = [encodeFields([...query, ...preferred]), rawQuery].filter(Boolean).join('&');
      const kept = ownHeaders.filter(([name]) => !addedHeaders.some(([other]) => other === name));
      return {
        method,
        target: search === '' ? path : `${path}?${search}`,
        headers: [...kept, ...addedHeaders],
        body: Buffer.from(body).toString('latin1'),
        isChunked,
      };
    },
  );
}

function listOddPaths(path: string): string[] {
  const numbers = ['abc', '-1', '1.5', '%31', 'a%2Fb'].map((number) => path.replace('1024', number));
  return [
    ...numbers,
    `${path}/`,
    path.toUpperCase(),
    `/${path}`,
    `/x/..${path}`,
    `/v1${path}`,
    `https://spaces.nexudus.com${path}`,
    ...['/', '//', '/%ff', '*'],
  ];
}
