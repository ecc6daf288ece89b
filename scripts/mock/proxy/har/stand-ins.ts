import { listForms } from '../../../verify/secrets/create-mask.ts';

/** What stands for secrets in a recording: the same for the same secret, so that the flow can be followed. */
export interface StandIns {
  /** Gives what stands for a secret that stands in its own place. */
  give: (secret: string) => string;
  /** Puts stand-ins for the secrets in a text of any kind, in whatever encoding they are there. */
  sweep: (text: string) => string;
}

/** What stands for each form, by the form's first characters and then by its length. */
type FormsByStart = Map<string, Map<number, Map<string, string>>>;

// A shorter one is a part of too many words.
const minSweptLength = 4;
// From this length on, no secret is by chance a part of a word.
const minDistinctLength = 8;
// How many characters are compared with secrets, for each that a text has. Only one that is made for it needs more.
const maxComparedCharacters = 250;

/**
 * Makes the stand-ins of all secrets of a recording.
 *
 * They have the shape of their secret, which the spec's `pattern` and `format` look at: digits stay as many digits, an
 * e-mail address stays one. Any other reads `***-1`, `***-2` and so on.
 *
 * @param words that are swept nowhere, for they are no secret outside their place
 */
export function createStandIns(secrets: ReadonlySet<string>, words: ReadonlySet<string>): StandIns {
  const standIns = new Map<string, string>();
  for (const secret of secrets) {
    standIns.set(secret, makeStandIn(secret, standIns.size + 1));
  }
  const swept = [...standIns].filter(([secret]) => secret.length >= minSweptLength && !words.has(secret));
  const formsByStart = groupForms(swept);
  return {
    give: (secret) => standIns.get(secret) ?? '***',
    sweep: (text) => sweep(text, formsByStart),
  };
}

function makeStandIn(secret: string, count: number): string {
  if (/^\d+$/.test(secret)) {
    // As a number, too, it has that many digits.
    const digits = `9${String(count).padStart(secret.length - 1, '0')}`.slice(-secret.length);
    return digits === secret ? makeStandIn(secret, count + 1) : digits;
  }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(secret) ? `***-${count}@masked.example` : `***-${count}`;
}

// A text is looked through once, however many secrets there are.
function groupForms(swept: readonly [secret: string, standIn: string][]): FormsByStart {
  const formsByStart: FormsByStart = new Map();
  for (const [secret, standIn] of swept) {
    const formsOfStandIn = listAllForms(standIn);
    for (const [index, form] of listAllForms(secret).entries()) {
      addForm(formsByStart, form, formsOfStandIn[index] ?? '***');
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

function addForm(formsByStart: FormsByStart, form: string, standIn: string): void {
  const start = form.slice(0, minSweptLength);
  const byLength = formsByStart.get(start) ?? new Map<number, Map<string, string>>();
  const standIns = byLength.get(form.length) ?? new Map<string, string>();
  if (!standIns.has(form)) {
    formsByStart.set(start, byLength.set(form.length, standIns.set(form, standIn)));
  }
}

const noForms: ReadonlyMap<number, Map<string, string>> = new Map();

function sweep(text: string, formsByStart: FormsByStart): string {
  const parts: string[] = [];
  let start = 0;
  let compared = 0;
  for (let index = 0; index < text.length; index += 1) {
    const byLength = formsByStart.get(text.slice(index, index + minSweptLength)) ?? noForms;
    for (const [length, standIns] of byLength) {
      compared += length;
      const standIn = standIns.get(text.slice(index, index + length));
      if (standIn !== undefined && isDistinct(text, index, length)) {
        parts.push(text.slice(start, index), standIn);
        start = index + length;
        index = start - 1;
        break;
      }
    }
    if (compared > maxComparedCharacters * (text.length + 1000)) {
      return '***';
    }
  }
  return parts.length === 0 ? text : [...parts, text.slice(start)].join('');
}

function isDistinct(text: string, index: number, length: number): boolean {
  const around = [text[index - 1] ?? '', text[index + length] ?? ''];
  return length >= minDistinctLength || !around.some((character) => /\w/.test(character));
}
