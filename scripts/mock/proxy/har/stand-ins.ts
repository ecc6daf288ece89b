import { listForms } from '../../../verify/secrets/create-mask.ts';

/** What stands for secrets in a recording: the same for the same secret, so that the flow can be followed. */
export interface StandIns {
  /** Gives what stands for a secret that stands in its own place. */
  give: (secret: string) => string;
  /** Puts stand-ins for the secrets in a text of any kind, in whatever encoding they are there. */
  sweep: (text: string) => string;
}

interface Form {
  form: string;
  standIn: string;
}

// A shorter one is a part of too many words.
const minSweptLength = 4;
// From this length on, no secret is by chance a part of a word.
const minDistinctLength = 8;

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
  const formsByStart = groupByStart(swept.flatMap(([secret, standIn]) => pairForms(secret, standIn)));
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

function pairForms(secret: string, standIn: string): Form[] {
  // Within a URL that is a parameter itself, a secret is percent-encoded twice.
  const twice = (text: string): string[] => [
    ...listForms(text),
    ...listForms(encodeURIComponent(text.toWellFormed())),
  ];
  const forms = twice(standIn);
  return twice(secret).map((form, index) => ({ form, standIn: forms[index] ?? '***' }));
}

// By their first characters: a text is looked through once, however many secrets there are.
function groupByStart(forms: Form[]): Map<string, Form[]> {
  // The longest first: one secret can be a part of another.
  const sorted = forms.toSorted((one, other) => other.form.length - one.form.length);
  return Map.groupBy(sorted, ({ form }) => form.slice(0, minSweptLength));
}

function sweep(text: string, formsByStart: ReadonlyMap<string, Form[]>): string {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const candidates = formsByStart.get(text.slice(index, index + minSweptLength)) ?? [];
    const found = candidates.find(
      ({ form }) => text.startsWith(form, index) && isDistinct(text, index, form),
    );
    if (found !== undefined) {
      parts.push(text.slice(start, index), found.standIn);
      start = index + found.form.length;
      index = start - 1;
    }
  }
  return parts.length === 0 ? text : [...parts, text.slice(start)].join('');
}

function isDistinct(text: string, index: number, form: string): boolean {
  const around = [text[index - 1] ?? '', text[index + form.length] ?? ''];
  return form.length >= minDistinctLength || !around.some((character) => /\w/.test(character));
}
