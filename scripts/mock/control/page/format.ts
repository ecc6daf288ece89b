import type { Choice } from '../../../http/message.ts';
import type { AnswerCondition } from '../../../openapi/answers.ts';
import type { Forced } from '../forced.ts';
import { make } from './dom.ts';

/** Makes the badge of a status, whose colour says which hundred it is of. */
export function makeStatus(status: number): HTMLElement {
  return make('span', { class: `badge status-${Math.floor(status / 100)}` }, String(status));
}

/** Makes the badge of a method. */
export function makeMethod(method: string): HTMLElement {
  return make('span', { class: `method method-${method.toLowerCase()}` }, method);
}

/** Says a condition in words: `Body: totp is "492039", no otp`. */
export function describeCondition(condition: AnswerCondition): string {
  const parts = Object.entries(condition).map(([part, values]) => {
    const each = Object.entries(values).map(([name, value]) =>
      value === null ? `without ${name}` : `${name} is ${JSON.stringify(value)}`,
    );
    return `${partNames[part] ?? part}: ${each.join(' and ')}`;
  });
  return parts.join('; ');
}

const partNames: Readonly<Record<string, string>> = {
  body: 'body',
  query: 'query',
  header: 'header',
  path: 'path',
};

/** Says how an answer was chosen. */
export function describeChoice({ by, example, reason }: Choice): string {
  const name = example === undefined ? '' : `“${example}”`;
  const words = {
    example: name === '' ? 'first example' : `example ${name}`,
    preferred: `asked for with Prefer ${name}`,
    condition: `condition met ${name}`,
    matched: `request of the example ${name}`,
    invalid: 'request breaks the document',
    forced: `forced ${name}`,
    simulated: 'simulated session',
    refused: 'refused by the simulation',
    undocumented: 'not in the document',
  };
  return [words[by].trim(), reason].filter(Boolean).join(': ');
}

/** Says what is forced, as far as it is more than an answer: `3 calls, after 2 s, cut off`. */
export function describeForced({ times = 1, latencyMs, fault, retryAfterSeconds }: Forced): string {
  return [
    times === 'always' ? 'until reset' : times === 1 ? 'next call' : `next ${times} calls`,
    latencyMs ? `after ${formatDuration(latencyMs)}` : undefined,
    fault === undefined ? undefined : faultNames[fault],
    retryAfterSeconds === undefined ? undefined : `Retry-After: ${retryAfterSeconds}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** What each fault does to the client, in words. */
export const faultNames: Readonly<Record<NonNullable<Forced['fault']>, string>> = {
  'connection-reset': 'connection reset',
  'empty-answer': 'connection closed without an answer',
  'truncated-body': 'body cut off half-way',
  'never-answers': 'never answers',
};

/** Formats milliseconds: `0.4 ms`, `12 ms`, `2.5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 1000) {
    return `${Number((milliseconds / 1000).toFixed(1))} s`;
  }
  return `${milliseconds < 10 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`;
}

/** Formats how far the clock is off: `+1 day 2 h`. */
export function formatOffset(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  let rest = Math.abs(seconds);
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return `${seconds < 0 ? '−' : '+'}${parts.slice(0, 2).join(' ')}`;
}

// A string, with the colon after it where it is a key; or a number, or a word.
const jsonPart = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;
// Colours are for reading; nobody reads more.
const maxColoured = 50_000;

/** Makes a block of text. JSON is indented and coloured. */
export function makeCode(text: string, label: string): HTMLElement {
  const block = make('pre', { tabindex: '0', 'aria-label': label, role: 'group' });
  const pretty = indent(text);
  if (pretty === undefined || pretty.length > maxColoured) {
    block.append(make('code', {}, pretty ?? text));
    return block;
  }
  const code = make('code');
  let end = 0;
  for (const match of pretty.matchAll(jsonPart)) {
    const [whole, string, colon = ''] = match;
    code.append(pretty.slice(end, match.index));
    const kind = string === undefined ? 'literal' : colon === '' ? 'string' : 'key';
    code.append(make('span', { class: `json-${kind}` }, string ?? whole), colon);
    end = match.index + whole.length;
  }
  code.append(pretty.slice(end));
  block.append(code);
  return block;
}

function indent(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

/** Makes a table of names and values, such as headers. */
export function makeTable(values: Readonly<Record<string, string | string[]>>): HTMLElement {
  const rows = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [make('dt', {}, name), make('dd', {}, one)]),
  );
  return make('dl', { class: 'table' }, ...rows);
}
