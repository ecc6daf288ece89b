import { joinNames, secretFields } from './collect-secrets.ts';

/** Hides secrets in whatever is printed. */
export interface Mask {
  /**
   * Adds a secret to those that are hidden. One of less than four characters is a part of too many words: it is hidden
   * only as the value of a field that holds secrets.
   */
  hide: (secret: string) => void;
  /** Puts `***` for each secret, as it is, percent-encoded or in base64, and for what looks like one. */
  apply: (text: string) => string;
}

const minHiddenLength = 4;

/**
 * Creates a mask that knows no secret yet.
 *
 * @param names the fields whose values are secrets; default: those of the toolkit's own API
 */
export function createMask(names: Iterable<string> = secretFields): Mask {
  const fields = joinNames(names);
  const patterns = createPatterns(fields);
  // A mismatch in one of the fields: `$.jwt: Expected '…' (String) to be …`.
  const mismatch = new RegExp(`(\\$[^\\s$]*\\b(?:${fields})\\b(?:'\\])?: )(.*)`, 'gs');
  const forms = new Set<string>();
  let formsByStart: ReadonlyMap<string, string[]> | undefined;
  return {
    hide: (secret) => {
      if (secret.length >= minHiddenLength) {
        listForms(secret).forEach(forms.add, forms);
        formsByStart = undefined;
      }
    },
    apply: (text) => {
      formsByStart ??= groupByStart(forms);
      const known = hideForms(text, formsByStart);
      const alike = patterns.reduce((masked, [pattern, value]) => masked.replaceAll(pattern, value), known);
      return alike.replaceAll(mismatch, (_, place: string, reason: string) => place + hideValues(reason));
    },
  };
}

function createPatterns(fields: string): [pattern: RegExp, replacement: string][] {
  return [
    [/\b(Bearer|Basic)\s+[^\s'",;]+/g, '$1 ***'],
    // A long word with digits, as in the path of a link that resets a password.
    [/(?<![\w-])(?=[A-Za-z_-]*\d)[\w-]{32,}/g, '***'],
    // A JWT begins with the base64 of `{"`.
    [/\beyJ[\w-]+(?:\.[\w-]*)*/g, '***'],
    [new RegExp(`([?&](?:${fields})=)[^&\\s'"]+`, 'g'), '$1***'],
    [new RegExp(`(["'](?:${fields})["']\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^\\s,}]+)`, 'g'), '$1"***"'],
  ];
}

// By their first characters, so that a text is looked through once, however many secrets there are.
function groupByStart(forms: ReadonlySet<string>): ReadonlyMap<string, string[]> {
  const longestFirst = [...forms].sort((one, other) => other.length - one.length);
  return Map.groupBy(longestFirst, (form) => form.slice(0, minHiddenLength));
}

// Secrets that overlap are hidden as one, so that no rest of either is shown.
function hideForms(text: string, formsByStart: ReadonlyMap<string, string[]>): string {
  const parts: string[] = [];
  let end = 0;
  for (let index = 0; index < text.length; index += 1) {
    const alike = formsByStart.get(text.slice(index, index + minHiddenLength));
    const form = alike?.find((candidate) => text.startsWith(candidate, index));
    if (form === undefined) {
      continue;
    }
    if (index >= end) {
      parts.push(text.slice(end, index), '***');
    }
    end = Math.max(end, index + form.length);
  }
  return parts.join('') + text.slice(end);
}

function hideValues(reason: string): string {
  return reason.replaceAll(/'[^']*'|"[^"]*"|\b\d+\b/g, '***');
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
