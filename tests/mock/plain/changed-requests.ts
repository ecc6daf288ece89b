import type { Oas3_1Definition } from '@redocly/openapi-core';
import { readCalls, type ValidCall } from '../../../scripts/check/probes/calls.ts';
import type { RawRequest } from '../../../scripts/http/message.ts';
import type { ExampleParameter } from '../../../scripts/openapi/example-request.ts';
import { listOperations } from '../../../scripts/openapi/operations.ts';
import { toRequestParts, writeRequest } from '../../../scripts/openapi/request-parts.ts';

/** A request that can be changed in one thing after the other. */
interface Draft {
  method: string;
  path: string;
  query: string[];
  headers: Record<string, string>;
  body: string;
}

/** Gives the next number below another one, the same ones for the same seed. */
export type Draw = (below: number) => number;

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function createDraw(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const accepts: readonly (string | undefined)[] = [undefined, '*/*', 'application/json'];

/**
 * Lists requests to all operations: valid ones of examples and of made-up values, with all parameters and with few, each
 * also with another Accept, and each changed in one or two things, valid or not.
 *
 * @param changes how many changed ones there are of each
 */
export function listChangedRequests(document: Oas3_1Definition, changes: number, draw: Draw): RawRequest[] {
  const drafts = listOperations(document).flatMap((place) =>
    [{}, { useExamples: false }, { useExamples: false, alternative: 1 }].flatMap((settings) =>
      readCalls(document, place, settings).slice(0, 3).flatMap(listDrafts),
    ),
  );
  return drafts.flatMap((draft) => [
    ...accepts.map((accept) => finish(setHeader(draft, 'accept', accept))),
    ...Array.from({ length: changes }, () => {
      const once = changeOnce(draft, draw);
      return finish(draw(3) === 0 ? changeOnce(once, draw) : once);
    }),
  ]);
}

/** With all parameters, with none that is optional, and with each of these alone. */
function listDrafts({ place, example, body }: ValidCall): Draft[] {
  const isNeeded = (one: ExampleParameter): boolean => one.required === true || one.in === 'path';
  const needed = example.parameters.filter(isNeeded);
  const optional = example.parameters.filter((one) => !isNeeded(one) && one.value !== undefined);
  const choices = [
    needed,
    ...(optional.length > 0 ? [example.parameters] : []),
    ...(optional.length > 1 ? optional.map((one) => [...needed, one]) : []),
  ];
  return choices.map((parameters) =>
    toDraft(writeRequest(toRequestParts(place, { ...example, parameters }, body))),
  );
}

function toDraft({ target, ...request }: ReturnType<typeof writeRequest>): Draft {
  const [path = '', ...search] = target.split('?');
  return { ...request, path, query: search.join('?').split('&').filter(Boolean) };
}

function finish({ method, path, query, headers, body }: Draft): RawRequest {
  const target = query.length === 0 ? path : `${path}?${query.join('&')}`;
  return { method, target, headers, body: Buffer.from(body) };
}

const values = [
  ...[
    '',
    ' ',
    '0',
    '1',
    '-1',
    '01',
    '1.0',
    '1e3',
    ' 5',
    '5 ',
    '+5',
    '0x10',
    '1_000',
    '9007199254740993',
    'NaN',
  ],
  ...[
    'true',
    'false',
    'True',
    'null',
    'undefined',
    '[]',
    '{}',
    '[1]',
    'a,b',
    ',',
    'a',
    'é',
    '\u{1F600}',
    'x'.repeat(300),
  ],
  ...[
    '2024-02-30',
    '2024-01-31',
    '2024-01-01T00:00:00Z',
    '2024-01-01 00:00:00',
    '2024-01-01T24:00:00Z',
    '12:00:00',
  ],
  ...[
    'a@b.c',
    '127.0.0.1',
    '01.2.3.4',
    '::1',
    'https://a.example/',
    '7d6ef3ab-1b0d-4d5e-9f3b-0a1b2c3d4e5f',
    '/',
    '/a',
    '//a',
    '[a]',
    '__proto__',
  ],
];

const accepted = [
  ...[
    '*/*',
    'application/json',
    'application/*',
    'text/html',
    'application/xml',
    'application/json;q=0',
    'garbage',
    '',
  ],
  ...[
    'application/json, text/plain, */*',
    'text/html, */*;q=0.1',
    'application/json; charset=utf-8',
    'image/*, application/json;q=0.1',
  ],
];

const contentTypes = [
  ...[
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="utf-8"',
    'application/json; charset=latin1',
  ],
  ...[
    'application/problem+json',
    'application/vnd.a+json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/xml',
    '',
  ],
  ...[
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'garbage',
    'application/json; a=b',
    'application/*',
    '*/*',
  ],
];

const authorizations = [
  'Bearer a',
  'bearer a',
  'Bearer',
  'Bearer  ',
  'Basic YTpi',
  'basic YTpi',
  'Basic YQ==',
  'Basic a b',
  'Digest a',
  '',
];

const preferences = [
  'code=400',
  'code=200',
  'code=999',
  'code=404, example=a',
  'example=none',
  'dynamic=false',
  'seed=a',
  'respond-async',
  '',
];

const searches = [
  '__code=400',
  '__code=200',
  '__example=none',
  '__dynamic=false',
  '__seed=1',
  '__server=https://a.example',
  '__proto__=1',
  'constructor=1',
  '%zz',
  'a=%ff',
  '?',
  '=',
  'a[b]=c',
  'a;b',
];

type Change = (draft: Draft, pick: <One>(list: readonly One[]) => One, draw: Draw) => Draft;

const changes: readonly Change[] = [
  (draft, pick) => setHeader(draft, 'accept', pick(accepted)),
  (draft, pick) => setHeader(draft, 'content-type', pick(contentTypes)),
  (draft, pick) => setHeader(draft, 'authorization', pick(authorizations)),
  (draft, pick) => setHeader(draft, 'prefer', pick(preferences)),
  (draft, pick) =>
    setHeader(draft, pick(Object.keys(draft.headers)) ?? 'x-a', pick(values).replaceAll(/[^ -~]/g, '')),
  (draft, pick) => setHeader(draft, pick(Object.keys(draft.headers)) ?? 'x-a', undefined),
  (draft, pick) => ({
    ...draft,
    method: pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']),
  }),
  (draft, pick) => ({
    ...draft,
    path: pick([
      `${draft.path}/`,
      `/${draft.path}`,
      `/v1${draft.path}`,
      draft.path.toUpperCase(),
      `${draft.path}/x`,
      `/x/..${draft.path}`,
      `http://a.example${draft.path}`,
    ]),
  }),
  (draft, pick) => changePath(draft, pick(values), pick),
  (draft, pick) =>
    changePath(
      draft,
      pick(['%31', '%2F', '%C3%A9', 'a;b', 'a,b', '.', '..', "a'b", 'a*b', 'a:b', '~', '-']),
      pick,
      true,
    ),
  (draft, pick) => ({ ...draft, query: draft.query.filter((one) => one !== pick(draft.query)) }),
  (draft, pick) => ({
    ...draft,
    query: draft.query.length === 0 ? [pick(searches)] : [...draft.query, pick(draft.query)],
  }),
  (draft, pick) => ({ ...draft, query: [...draft.query, pick(searches)] }),
  (draft, pick) => changeQuery(draft, (name) => `${name}=${encodeURIComponent(pick(values))}`, pick),
  (draft, pick) => changeQuery(draft, (name) => `${name}=${encodeURIComponent(pick(values))}`, pick),
  (draft, pick) =>
    changeQuery(
      draft,
      (name, value) =>
        pick([
          name,
          `${name}=`,
          `${name.toUpperCase()}=${value}`,
          `${name}[]=${value}`,
          `${name}[a]=${value}`,
          `%${name}=${value}`,
          `${name}=${value}+1`,
        ]),
      pick,
    ),
  (draft, pick) => changeBody(draft, pick),
  (draft, pick) => changeBody(draft, pick),
  (draft, pick) => changeBody(draft, pick),
  (draft, pick) => ({
    ...draft,
    body: pick([
      '',
      ' ',
      '{}',
      '[]',
      'null',
      '0',
      'false',
      '""',
      '"a"',
      '{',
      'a=1',
      'a=1&a=2',
      '%zz=1',
      'a=%zz',
      '+=+',
      draft.body + draft.body,
    ]),
  }),
  (draft) => ({ ...draft, body: draft.body.replaceAll('%20', '+') }),
];

function changeOnce(draft: Draft, draw: Draw): Draft {
  const pick = <One>(list: readonly One[]): One => list[draw(list.length)] as One;
  return pick(changes)(draft, pick, draw);
}

function setHeader(draft: Draft, name: string, value: string | undefined): Draft {
  const { [name]: _, ...others } = draft.headers;
  return { ...draft, headers: value === undefined ? others : { ...others, [name]: value } };
}

function changePath(
  draft: Draft,
  value: string,
  pick: <One>(list: readonly One[]) => One,
  isRaw = false,
): Draft {
  const parts = draft.path.split('/');
  const at = pick(parts.map((_, index) => index).slice(1)) ?? 0;
  parts[at] = isRaw ? value : encodeURIComponent(value);
  return { ...draft, path: parts.join('/') };
}

function changeQuery(
  draft: Draft,
  change: (name: string, value: string) => string,
  pick: <One>(list: readonly One[]) => One,
): Draft {
  const at = draft.query.indexOf(pick(draft.query));
  const [name = 'a', value = ''] = (draft.query[at] ?? '').split('=');
  return { ...draft, query: at === -1 ? [change('a', '1')] : draft.query.with(at, change(name, value)) };
}

function changeBody(draft: Draft, pick: <One>(list: readonly One[]) => One): Draft {
  const change = isJson(draft.body) ? changeJson : changeForm;
  return { ...draft, body: change(draft.body, pick) };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function changeForm(body: string, pick: <One>(list: readonly One[]) => One): string {
  const pairs = body.split('&').filter(Boolean);
  const chosen = pick(pairs) ?? 'a=1';
  const [name = ''] = chosen.split('=');
  const others = pairs.filter((one) => one !== chosen);
  const value = encodeURIComponent(pick(values));
  return pick([
    others,
    [...pairs, chosen],
    [...others, `${name}=${value}`],
    [...others, `${name}=${value}`],
    [...others, `${name}=${pick(['a+b', '%2B', 'a%20b', 'a=b', '%zz', "a'b", 'a,b', '[1]'])}`],
    [...others, pick([name, `${name}=`, `=${name}`, `+${chosen}`, `${name}[]=1`, `${name}[a]=1`])],
    [...pairs, pick(['a=1', '__proto__=1', 'constructor=1', '', '=', 'a+b=1'])],
  ]).join('&');
}

function changeJson(body: string, pick: <One>(list: readonly One[]) => One): string {
  const root = { body: JSON.parse(body) as unknown };
  const places = listPlaces(root);
  const [parent, key] = pick(places);
  const json = [
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    '',
    [],
    {},
    [null],
    { a: 1 },
    ...values,
    ...values.map((one) => [one]),
  ];
  const action = pick(['set', 'set', 'set', 'delete', 'add', 'repeat']);
  if (action === 'set' || key === 'body') {
    Object.assign(parent, { [key]: pick(json) });
  } else if (action === 'delete') {
    delete (parent as Record<string, unknown>)[key];
  } else if (action === 'add') {
    Object.assign(parent, { added: pick(json), constructor: 1 });
  } else {
    const value = (parent as Record<string, unknown>)[key];
    Object.assign(parent, { [key]: [value, value] });
  }
  return JSON.stringify(root.body) ?? '';
}

function listPlaces(node: object): [parent: object, key: string][] {
  return Object.entries(node).flatMap(([key, value]): [object, string][] => [
    [node, key],
    ...(typeof value === 'object' && value !== null ? listPlaces(value) : []),
  ]);
}
