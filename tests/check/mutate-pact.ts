/** A part of a JSON document. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Draws numbers from 0 up to 1, always the same for one seed. */
export function createRandom(seed: number): () => number {
  // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const nest = (levels: number): Json => (levels === 0 ? 1 : [nest(levels - 1)]);

const values: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  1e21,
  '',
  ' ',
  'Łukasz',
  'a\r\nb: c',
  '\u0000',
  '\ud800',
  '😀',
  '%',
  '%zz',
  '{id}',
  '//',
  '/..',
  '$',
  '__proto__',
  'constructor',
  'text/html',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'not a media type',
  '(',
  '(?i)a',
  '^(?!x).*$',
  '[a-z]{1,100}',
  '\\p{L}+',
  '99999999999',
  'base64',
  'JSON',
  [],
  [[]],
  [null],
  ['a', 'b'],
  {},
  { a: null },
  { content: 'x', contentType: 'text/plain', encoded: 'base64' },
  { match: 'regex', regex: '^a+$' },
  { match: 'regex' },
  { match: 'no such' },
  { match: 'constructor' },
  { match: 'hasOwnProperty' },
  { combine: 'OR', matchers: [] },
  {
    combine: 'AND',
    matchers: [
      { match: 'type', min: 3 },
      { match: 'include', value: null },
    ],
  },
  nest(40),
  nest(200),
];

const keys = [
  '',
  ' ',
  'a b',
  'Łukasz',
  'x:y',
  '__proto__',
  'constructor',
  'toString',
  '$',
  '$.body',
  '$.body[*]',
  "$['a.b']",
  '$.header.x',
  '$.path',
  '/',
  '~',
  '#',
  '%',
  'a\nb',
  '\ud800',
  'Content-Type',
  'content-length',
  'transfer-encoding',
  'host',
  'Connection',
  'Expect',
  'cookie',
  'query',
  'header',
  'headers',
  'body',
  'path',
  'matchingRules',
  'generators',
  'content',
  'contentType',
  'encoded',
  'type',
  'pending',
  'plugins',
];

/**
 * Changes a pact in some places: a value is replaced, dropped, doubled or renamed, or something is put in.
 */
export function mutatePact(pact: Json, random: () => number): Json {
  const copy = structuredClone(pact);
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times; time += 1) {
    changeOnce(copy, random);
  }
  return copy;
}

function changeOnce(root: Json, random: () => number): void {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const parent = pick(listContainers(root));
  const key = pick(Object.keys(parent)) ?? '';
  const old = structuredClone((parent as Record<string, Json>)[key]);
  // Most often a value of the same kind, so that most pacts are still read.
  const alike = values.filter((value) => kindOf(value) === kindOf(old ?? null));
  const value = structuredClone(pick(random() < 0.8 && alike.length > 0 ? alike : values));
  const change = pick(['replace', 'replace', 'replace', 'drop', 'double', 'rename', 'insert'] as const);
  if (Array.isArray(parent)) {
    const replacements = {
      replace: [value],
      rename: [value],
      insert: [value, old ?? null],
      double: [old ?? null, old ?? null],
      drop: [],
    };
    parent.splice(Number(key), 1, ...replacements[change]);
    return;
  }
  if (change === 'drop' || change === 'rename') {
    delete parent[key];
  }
  if (change !== 'drop') {
    const name = change === 'rename' || change === 'insert' ? pick(keys) : key;
    define(
      parent,
      name,
      change === 'rename' ? (old ?? null) : change === 'double' ? [old ?? null, old ?? null] : value,
    );
  }
}

function kindOf(value: Json): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

// As JSON.parse does it, also for __proto__.
function define(parent: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function listContainers(node: Json): (Json[] | Record<string, Json>)[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return [node, ...Object.values(node).flatMap(listContainers)];
}
