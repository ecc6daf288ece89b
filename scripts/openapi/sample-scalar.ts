import type { Oas3_1Schema } from '@redocly/openapi-core';

type Schema = Pick<
  Oas3_1Schema,
  | 'type'
  | 'minimum'
  | 'maximum'
  | 'multipleOf'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'format'
  | 'pattern'
  | 'minLength'
  | 'maxLength'
>;

/**
 * Makes up the number of a schema that is next to its `multipleOf`, or to one.
 *
 * @returns `undefined` for an empty range
 */
export function sampleNumber(schema: Schema): number | undefined {
  const { multipleOf: step = 1, type } = schema as Schema & { multipleOf?: number };
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const above = Number(schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
  const below = Number(schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY);
  const isFit = (value: number): boolean =>
    value >= minimum && value <= maximum && value > above && value < below;
  const lowest = Math.max(minimum, above);
  const highest = Math.min(maximum, below);
  const whole = [
    step,
    Math.ceil(lowest / step) * step,
    (Math.floor(lowest / step) + 1) * step,
    Math.floor(highest / step) * step,
    (Math.ceil(highest / step) - 1) * step,
    0,
  ];
  const middle = (lowest + highest) / 2;
  const isInteger = [type ?? []].flat().includes('integer');
  return (isInteger ? whole : [...whole, minimum, maximum, middle]).find(
    (value) => Number.isFinite(value) && isFit(value),
  );
}

const formats: Readonly<Record<string, string>> = {
  date: '2024-01-31',
  'date-time': '2024-01-31T12:00:00Z',
  datetime: '2024-01-31T12:00:00Z',
  time: '12:00:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  'idn-email': 'ada@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/items',
  'iri-reference': '/items',
  'uri-template': '/items/{id}',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  'json-pointer': '/items',
  'relative-json-pointer': '1/items',
  regex: '^a$',
  byte: 'dGV4dA==',
  base64url: 'dGV4dA',
};

/**
 * Makes up a text of a format, of a pattern or of a length.
 *
 * @returns `undefined` for a pattern that no text was found for
 */
export function sampleText({
  format = '',
  pattern,
  minLength = 0,
  maxLength = Number.POSITIVE_INFINITY,
}: Schema): string | undefined {
  const isFit = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (pattern !== undefined) {
    // An empty text is none to most that read it, though many a pattern takes it.
    return samplePattern(pattern, (text) => text !== '' && isFit(text)) ?? samplePattern(pattern, isFit);
  }
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
  // As long as it may be: what asks for more than this is not tried in earnest.
  const filler = 'text'.padEnd(Math.min(minLength, 100_000), 'x').slice(0, Math.max(0, maxLength));
  return known !== undefined && isFit(known) ? known : filler;
}

/**
 * Makes up a text that matches a pattern of a schema: the shortest one that the pattern's first alternatives give, or a
 * longer one.
 *
 * @param isFit what else the text must be
 * @returns `undefined` if no text was found, as for a lookahead, or if the pattern is not a valid RegExp
 */
function samplePattern(pattern: string, isFit: (text: string) => boolean): string | undefined {
  const test = compile(pattern);
  if (test === undefined) {
    return undefined;
  }
  for (const extra of repeats) {
    for (let choice = 0; choice < maxChoices; choice += 1) {
      const text = new PatternReader(pattern, choice, extra).read();
      if (text !== undefined && test.test(text) && isFit(text)) return text;
    }
  }
  return ['text', 'a', '1', 'A1', 'aA1!aA1!aA1!', ''].find((text) => test.test(text) && isFit(text));
}

// How often what may be repeated is repeated beyond what it must be.
const repeats: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 15, 19, 23, 31, 35, 39, 63];
const maxChoices = 4;
const maxLength = 10_000;

function compile(pattern: string): RegExp | undefined {
  // As Ajv has them, with the flag u; and as people write them, without.
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {}
  }
  return undefined;
}

/** Writes one text for a pattern. It ignores what it doesn't know, such as lookaheads. */
class PatternReader {
  readonly #pattern: string;
  readonly #choice: number;
  readonly #extra: number;
  #at = 0;

  constructor(pattern: string, choice: number, extra: number) {
    this.#pattern = pattern;
    this.#choice = choice;
    this.#extra = extra;
  }

  read(): string | undefined {
    const text = this.#readAlternatives();
    return this.#at === this.#pattern.length && text.length <= maxLength ? text : undefined;
  }

  #readAlternatives(): string {
    const alternatives = [this.#readSequence()];
    while (this.#pattern[this.#at] === '|') {
      this.#at += 1;
      alternatives.push(this.#readSequence());
    }
    return alternatives[this.#choice % alternatives.length] ?? '';
  }

  #readSequence(): string {
    let text = '';
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
      const atom = this.#readAtom();
      text += this.#repeat(atom);
      if (text.length > maxLength) break;
    }
    return text;
  }

  #readAtom(): string {
    const character = String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0);
    this.#at += character.length;
    switch (character) {
      case '^':
      case '$':
        return '';
      case '.':
        return 'a';
      case '(':
        return this.#readGroup();
      case '[':
        return this.#readClass();
      case '\\':
        return this.#readEscape();
      default:
        return character;
    }
  }

  #readGroup(): string {
    const [opening = ''] = /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(this.#pattern.slice(this.#at)) ?? [];
    this.#at += opening.length;
    const text = this.#readAlternatives();
    this.#at += 1;
    return /[=!]$/.test(opening) ? '' : text;
  }

  #readClass(): string {
    const end = findClassEnd(this.#pattern, this.#at);
    const source = this.#pattern.slice(this.#at - 1, end + 1);
    this.#at = end + 1;
    return findMember(source, this.#choice);
  }

  #readEscape(): string {
    const [escaped = ''] =
      /^(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]*\}|c[a-z]|k<[^>]*>|.)/isu.exec(
        this.#pattern.slice(this.#at),
      ) ?? [];
    this.#at += escaped.length;
    if (/^[bBk1-9]/.test(escaped)) return '';
    return findMember(`\\${escaped}`, this.#choice);
  }

  #repeat(atom: string): string {
    const rest = this.#pattern.slice(this.#at);
    const [quantifier = '', from, comma, to] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [];
    if (quantifier === '') return atom;
    this.#at += quantifier.length;
    const least = from === undefined ? (quantifier.startsWith('+') ? 1 : 0) : Number(from);
    const isBounded = quantifier.startsWith('?') || (from !== undefined && (comma === '' || to !== ''));
    const most = isBounded ? (quantifier.startsWith('?') ? 1 : Number(to || from)) : Number.POSITIVE_INFINITY;
    return atom.repeat(Math.min(least + this.#extra, most, maxLength));
  }
}

function findClassEnd(pattern: string, start: number): number {
  let at = start;
  // A bracket right at the start stands for itself in some dialects, but not in ECMAScript.
  while (at < pattern.length && pattern[at] !== ']') {
    at += pattern[at] === '\\' ? 2 : 1;
  }
  return at;
}

const letters = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~ !"#$%&\'()*+,/:;<=>?@[\\]^`{|}',
  'é',
  'я',
  '中',
  '\t',
  '\n',
];
const digitsFirst = [...'0123456789', ...letters];

function findMember(source: string, choice: number): string {
  for (const flags of ['u', '']) {
    try {
      const test = new RegExp(`^${source}$`, flags);
      const candidates = choice % 2 === 0 ? letters : digitsFirst;
      const found = candidates.find((letter) => test.test(letter));
      if (found !== undefined) return found;
      for (let code = 0x20; code < 0x3000; code += 1) {
        if (test.test(String.fromCodePoint(code))) return String.fromCodePoint(code);
      }
    } catch {}
  }
  return '';
}
