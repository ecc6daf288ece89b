import type { Masking } from './forms.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { maskMessage } from './text.ts';

/** What stands for secrets in a recording: the same for the same secret, so that the flow can be followed. */
export type Placeholders = Pick<Masking, 'replace' | 'replaceKnown'>;

/** What stands for each form, by the form's first characters and then by its length. */
type FormsByStart = Map<string, Map<number, Map<string, string>>>;

// A shorter one is a part of too many words.
const minKnownLength = 4;
// From this length on, no secret is by chance a part of a word.
const minDistinctLength = 8;
// How many characters are compared with secrets, for each that a text has. Only one that is made for it needs more.
const maxComparedCharacters = 250;

/**
 * Makes the placeholders of all secrets of a recording.
 *
 * They have the shape of their secret, which the spec's `pattern` and `format` look at: digits stay as many digits, an
 * e-mail address stays one. Any other reads `***-1`, `***-2` and so on.
 *
 * @param words that are replaced nowhere, for they are no secret outside their place
 */
export function createPlaceholders(secrets: ReadonlySet<string>, words: ReadonlySet<string>): Placeholders {
  const placeholders = new Map<string, string>();
  for (const secret of secrets) {
    placeholders.set(secret, makePlaceholder(secret, placeholders.size + 1));
  }
  const given = new Set(placeholders.values());
  const known = [...placeholders].filter(([secret]) => !words.has(secret));
  const formsByStart = groupForms(known);
  return {
    // What was replaced already, in the text that it stands in, stays.
    replace: (secret) => placeholders.get(secret) ?? (given.has(secret) ? secret : '***'),
    replaceKnown: (text) => replaceForms(text, formsByStart, minDistinctLength),
  };
}

/** Hides secrets in what is printed. */
export interface LogMask {
  /**
   * Adds a secret to those that are hidden. One of less than four characters is a part of too many words: it is hidden
   * only as the value of a field that holds secrets.
   */
  hide: (secret: string) => void;
  /** Puts `***` for each secret, as it is, percent-encoded or in base64, and for what looks like one. */
  apply: (text: string) => string;
}

/**
 * Creates a mask for logs and findings that knows no secret yet.
 *
 * @param secrets default: what names alone decide
 */
export function createLogMask({ isSecretName }: Pick<Secrets, 'isSecretName'> = createSecrets()): LogMask {
  const known = new Set<string>();
  let formsByStart: FormsByStart | undefined;
  const replaceKnown = (text: string): string => {
    formsByStart ??= groupForms([...known].map((secret) => [secret, '***']));
    return replaceForms(text, formsByStart, minKnownLength);
  };
  const masking: Masking = { isSecretName, replace: () => '***', replaceKnown, isStrict: true };
  return {
    hide: (secret) => {
      known.add(secret);
      formsByStart = undefined;
    },
    apply: (text) => maskMessage(text, masking),
  };
}

function makePlaceholder(secret: string, count: number): string {
  if (/^\d+$/.test(secret)) {
    // As a number, too, it has that many digits.
    const digits = `9${String(count).padStart(secret.length - 1, '0')}`.slice(-secret.length);
    return digits === secret ? makePlaceholder(secret, count + 1) : digits;
  }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(secret) ? `***-${count}@masked.example` : `***-${count}`;
}

// A text is looked through once, however many secrets there are.
function groupForms(known: readonly [secret: string, placeholder: string][]): FormsByStart {
  const formsByStart: FormsByStart = new Map();
  for (const [secret, placeholder] of known.filter(([secret]) => secret.length >= minKnownLength)) {
    const formsOfPlaceholder = placeholder === '***' ? [] : listAllForms(placeholder);
    for (const [index, form] of listAllForms(secret).entries()) {
      addForm(formsByStart, form, formsOfPlaceholder[index] ?? '***');
    }
  }
  // The longest first: one secret can be a part of another.
  for (const [start, byLength] of formsByStart) {
    formsByStart.set(start, new Map([...byLength].sort(([one], [other]) => other - one)));
  }
  return formsByStart;
}

// Within a URL that is a parameter itself, a secret is percent-encoded twice.
function listAllForms(text: string): string[] {
  return [...listForms(text), ...listForms(encodeURIComponent(text.toWellFormed()))];
}

/**
 * Lists how a text can stand in another one: as it is, percent-encoded, in base64 or as JSON has it. Always in the same
 * order.
 */
export function listForms(secret: string): string[] {
  // A lone surrogate, which JSON can hold, has no percent-encoding.
  const encoded = encodeURIComponent(secret.toWellFormed());
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    new URLSearchParams({ '': secret }).toString().slice(1),
    bytes.toString('base64'),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
  ];
  return forms.filter((form) => form !== '');
}

function addForm(formsByStart: FormsByStart, form: string, placeholder: string): void {
  const start = form.slice(0, minKnownLength);
  const byLength = formsByStart.get(start) ?? new Map<number, Map<string, string>>();
  const placeholders = byLength.get(form.length) ?? new Map<string, string>();
  if (!placeholders.has(form)) {
    formsByStart.set(start, byLength.set(form.length, placeholders.set(form, placeholder)));
  }
}

const noForms: ReadonlyMap<number, Map<string, string>> = new Map();

// Secrets that overlap are replaced as one, so that no rest of either is shown.
function replaceForms(text: string, formsByStart: FormsByStart, minLength: number): string {
  if (formsByStart.size === 0) {
    return text;
  }
  const parts: string[] = [];
  let end = 0;
  let compared = 0;
  for (let index = 0; index < text.length; index += 1) {
    const byLength = formsByStart.get(text.slice(index, index + minKnownLength)) ?? noForms;
    for (const [length, placeholders] of byLength) {
      compared += length;
      const placeholder = placeholders.get(text.slice(index, index + length));
      if (placeholder !== undefined && isDistinct(text, index, length, minLength)) {
        if (index >= end) {
          parts.push(text.slice(end, index), placeholder);
        }
        end = Math.max(end, index + length);
        break;
      }
    }
    if (compared > maxComparedCharacters * (text.length + 1000)) {
      return '***';
    }
  }
  return parts.length === 0 ? text : [...parts, text.slice(end)].join('');
}

function isDistinct(text: string, index: number, length: number, minLength: number): boolean {
  const around = [text[index - 1] ?? '', text[index + length] ?? ''];
  return length >= minLength || !around.some((character) => /\w/.test(character));
}

/**
 * Lists the words that a document's messages are made of: its keys, the parts of its paths, and its constants. A
 * password can be such a word, as `password` is; where it does not stand as a password, it is none.
 */
export function listSpecWords(node: unknown): Set<string> {
  const words = new Set<string>();
  collect(node, words);
  return words;
}

function collect(node: unknown, words: Set<string>): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    for (const word of key.split('/')) {
      words.add(word);
    }
    const constants = key === 'const' ? [value] : key === 'enum' && Array.isArray(value) ? value : [];
    for (const constant of constants) {
      words.add(String(constant));
    }
    collect(value, words);
  }
}
