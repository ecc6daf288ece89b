import { secretFields } from './collect-secrets.ts';

/** Hides secrets in whatever is printed. */
export interface Mask {
  /** Adds a secret to those that are hidden. */
  hide: (secret: string) => void;
  /** Puts `***` for each secret, as it is, percent-encoded or in base64, and for what looks like one. */
  apply: (text: string) => string;
}

const fields = secretFields.join('|');

const patterns: readonly [pattern: RegExp, replacement: string][] = [
  [/\b(Bearer|Basic)\s+[^\s'",;]+/g, '$1 ***'],
  // A long word with digits, as in the path of a link that resets a password.
  [/(?<![\w-])(?=[A-Za-z_-]*\d)[\w-]{32,}/g, '***'],
  // A JWT begins with the base64 of `{"`.
  [/\beyJ[\w-]+(?:\.[\w-]*)*/g, '***'],
  [new RegExp(`([?&](?:${fields})=)[^&\\s'"]+`, 'g'), '$1***'],
  [new RegExp(`(["'](?:${fields})["']\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^\\s,}]+)`, 'g'), '$1"***"'],
];

// A mismatch in one of the fields: `$.jwt: Expected '…' (String) to be …`.
const mismatch = new RegExp(`(\\$\\S*?\\b(?:${fields})\\b(?:'\\])?: )(.*)`, 'gs');

/**
 * Makes a mask that knows no secret yet.
 */
export function createMask(): Mask {
  const hidden = new Set<string>();
  return {
    hide: (secret) => {
      for (const form of listForms(secret)) {
        hidden.add(form);
      }
    },
    apply: (text) => {
      // The longest first: one secret can be a part of another.
      const forms = [...hidden].sort((one, other) => other.length - one.length);
      const known = forms.reduce((masked, form) => masked.replaceAll(form, '***'), text);
      const alike = patterns.reduce((masked, [pattern, value]) => masked.replaceAll(pattern, value), known);
      return alike.replaceAll(mismatch, (_, place: string, reason: string) => place + hideValues(reason));
    },
  };
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
