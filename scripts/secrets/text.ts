import { decode, type Masking, maskEncoded, maskNamed, maskWords } from './forms.ts';
import { replaceLooseFields } from './loose-json.ts';

// URLs within URLs, and JSON within JSON. What is deeper is hidden whole.
const maxDepth = 64;
// A name, an equals sign and a value.
const minPairLength = 3;

/**
 * Masks a text of any kind: JSON, a URL, a form or a message. Into whatever a URL or JSON holds, it looks again.
 */
export function maskText(text: string, masking: Masking, depth = 0): string {
  if (depth > maxDepth) {
    return '***';
  }
  if (text.length < minPairLength) {
    return text;
  }
  const value = parseStructure(text);
  if (value !== undefined) {
    return JSON.stringify(maskValue(value, masking, depth));
  }
  // As a URL, or as a lone pair of a form.
  return /^[^\s=?#&{"']*[?#&][^\s=]*=|^[^\s=&{"']+=\S*$/.test(text)
    ? maskUrl(text, masking, depth)
    : maskMessage(text, masking, depth);
}

/** Masks the fields of a form. */
export function maskForm(text: string, masking: Masking): string {
  // A question mark or a hash sign may stand in a value, since only an ampersand ends it.
  return maskPairs(text.split(/(&)/), masking, 0);
}

function maskUrl(text: string, masking: Masking, depth: number): string {
  const parts = text.split(/([?#&])/);
  const [first = ''] = parts;
  // A path that has a pair in it: `/x/token=1;a=2`. In any other first part, a slash belongs to the value.
  const isPath = /^[^=]*\/[^=]*=/.test(first);
  if (!isPath) {
    return maskPairs(parts, masking, depth);
  }
  const segments = first.split(/([/;])/).map((part) => maskPair(part, masking, depth));
  return maskWords(segments.join('') + maskPairs(parts.slice(1), masking, depth), masking);
}

/** @param parts pairs with their separators between them, either of which can come first */
function maskPairs(parts: readonly string[], masking: Masking, depth: number): string {
  let isAfterSecret = false;
  const masked = parts.map((part, index) => {
    if (/^[?#&]$/.test(part)) {
      return part;
    }
    const equals = part.indexOf('=');
    // A secret can hold an ampersand that should have been encoded: what has no name is the rest of it.
    const isRest = isAfterSecret && equals === -1 && part !== '' && parts[index - 1] === '&';
    isAfterSecret = isRest || (equals !== -1 && isSecretPair(part, equals, masking));
    return isRest ? maskEncoded(part, masking.replace) : maskPair(part, masking, depth, true);
  });
  return maskWords(masked.join(''), masking);
}

function isSecretPair(pair: string, equals: number, { isSecretName }: Masking, isParameter = true): boolean {
  const name = decode(pair.slice(0, equals));
  // OAuth's, in a request or a redirect; a shorter one is a status. RFC 6749, section 4.1.2.
  return isSecretName(name) || (isParameter && /^code$/i.test(name) && pair.length - equals > 4);
}

function maskPair(pair: string, masking: Masking, depth: number, isParameter = false): string {
  const equals = pair.indexOf('=');
  if (equals === -1) {
    return maskEncoded(pair, (part) => maskWords(part, masking));
  }
  const name = pair.slice(0, equals);
  const isSecret = isSecretPair(pair, equals, masking, isParameter);
  const mask = (text: string): string =>
    isSecret ? maskNamed(decode(name), text, masking) : maskText(text, masking, depth + 1);
  const shownName = maskEncoded(name, (text) => maskWords(text, masking));
  return `${shownName}=${maskEncoded(pair.slice(equals + 1), mask)}`;
}

function parseStructure(text: string): object | undefined {
  try {
    const value: unknown = /^\s*[[{]/.test(text) ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Masks a value of JSON.
 *
 * @param name whose value it is, where that is secret
 */
export function maskValue(value: unknown, masking: Masking, depth = 0, name?: string): unknown {
  if (typeof value === 'string') {
    return name === undefined ? maskText(value, masking, depth + 1) : maskNamed(name, value, masking);
  }
  if (typeof value === 'number') {
    return maskNumber(value, masking, name !== undefined);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > maxDepth) {
    replaceLeaves(value, masking, name);
    return '***';
  }
  return Array.isArray(value)
    ? value.map((item) => maskValue(item, masking, depth + 1, name))
    : maskFields(value as Record<string, unknown>, masking, depth, name);
}

function maskFields(
  node: Record<string, unknown>,
  masking: Masking,
  depth: number,
  name: string | undefined,
): object {
  const label = readLabel(node);
  const fields = Object.entries(node).map(([key, item]) => [
    maskWords(key, masking),
    maskValue(item, masking, depth + 1, nameValue(node, key, label, name, masking)),
  ]);
  return Object.fromEntries(fields);
}

// `{ "name": "password", "value": "…" }`
function readLabel({ name, key, field, value }: Record<string, unknown>): string | undefined {
  const label = name ?? key ?? field;
  return value !== undefined && typeof label === 'string' ? label : undefined;
}

/** Finds the secret name that the value of a key belongs to. */
function nameValue(
  node: Record<string, unknown>,
  key: string,
  label: string | undefined,
  outer: string | undefined,
  { isSecretName }: Masking,
): string | undefined {
  if (label !== undefined && key === 'value') {
    return isSecretName(label) ? label : outer;
  }
  // A grant as JSON: elsewhere, a code is one of an error, of a currency or of a country.
  const isGrant =
    key === 'code' && ['grant_type', 'redirect_uri', 'code_verifier'].some((one) => one in node);
  return isSecretName(key) || isGrant ? key : label === undefined ? outer : undefined;
}

// Without recursion: others can send JSON of any depth.
function replaceLeaves(root: object, masking: Masking, name: string | undefined): void {
  const open: [node: unknown, name: string | undefined][] = [[root, name]];
  while (open.length > 0) {
    const [node, own] = open.pop() ?? [];
    if (typeof node !== 'object' || node === null) {
      maskValue(node, masking, maxDepth - 8, own);
      continue;
    }
    for (const [key, item] of Object.entries(node)) {
      open.push([item, !Array.isArray(node) && masking.isSecretName(key) ? key : own]);
    }
  }
}

// A number stays one, so that it breaks the spec where it did before, and nowhere else.
function maskNumber(value: number, { replace, replaceKnown }: Masking, isSecret: boolean): number {
  const masked = Number((isSecret ? replace : replaceKnown)(String(value)));
  return Number.isNaN(masked) ? 0 : masked;
}

// As in a message, or in a link of a page. It starts only where a name does: a long word without one would be gone through
// from each of its letters.
const assignment = /(?<![^\s=&?#;,"'<>])[^\s=&?#;,"'<>]+=[^\s&#"'<>]+/g;

/**
 * Masks a text that is neither JSON nor a URL, though it can have some of both in it, whole or cut off.
 */
export function maskMessage(text: string, masking: Masking, depth = 0): string {
  // Known ones first: what a name is followed by can be a part of one.
  const known = hideMismatch(masking.replaceKnown(text), masking);
  const named = replaceLooseFields(known, masking.isSecretName, (name, value) =>
    masking.isSecretName(name) ? maskNamed(name, value, masking) : maskText(value, masking, depth + 1),
  ).replaceAll(assignment, (pair, index: number, all: string) =>
    maskPair(pair, masking, depth, /[?#&]/.test(all[index - 1] ?? '')),
  );
  return maskWords(named, masking);
}

// A mismatch that Pact reports in a field: `$.jwt: Expected '…' (String) to be …`.
function hideMismatch(text: string, { isSecretName, replace }: Masking): string {
  for (const { 0: place, index } of text.matchAll(/\$[^\s$]{1,512}: /g)) {
    if (place.split(/[.:[\]'"]/).some((name) => name !== '' && isSecretName(name))) {
      const reason = text.slice(index + place.length);
      const hidden = reason.replaceAll(/'[^']*'|"[^"]*"|\b\d+\b/g, (value) => replace(value));
      return text.slice(0, index + place.length) + hidden;
    }
  }
  return text;
}
