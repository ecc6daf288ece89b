import { isPlainObject } from '../../spec/is-plain-object.ts';

/** The fields of bodies, forms and queries that hold secrets, or a person's name. */
export const secretFields: readonly string[] = [
  'access_token',
  'refresh_token',
  'token',
  't',
  'jwt',
  'Value',
  'error_description',
  'username',
  'password',
  'totp',
];

/** Finds secrets by the names of what holds them. */
export interface SecretFinder {
  /** The fields and headers whose values are secrets. */
  names: ReadonlySet<string>;
  /** Lists the secrets in a body of any kind, or in a URL. */
  collect: (text: string) => string[];
  /** Lists the secrets in a header: credentials, cookies and the tokens of a redirect. */
  collectOfHeader: (name: string, value: string) => string[];
}

const secretHeaders: readonly string[] = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/**
 * Creates what finds the secrets of an API.
 *
 * @param ownNames what its spec calls secret, beside `secretFields`
 */
export function createSecretFinder(ownNames: Iterable<string> = []): SecretFinder {
  const names = new Set([...secretFields, ...ownNames]);
  const headerNames = new Set([...names].map((name) => name.toLowerCase()));
  const field = createFieldPattern(names);
  const collect = (text: string): string[] => {
    const written = [...text.matchAll(field)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    return [...written, ...written.map(decode), ...listValues(parse(text), names)];
  };
  const collectOfHeader = (name: string, value: string): string[] => {
    const lowerCase = name.toLowerCase();
    if (secretHeaders.includes(lowerCase)) {
      return listCredentials(value);
    }
    return headerNames.has(lowerCase) ? [value] : collect(value);
  };
  return { names, collect, collectOfHeader };
}

const ofToolkit = createSecretFinder();

/** Lists the secrets of the toolkit's own API in a body of any kind, or in a URL. */
export const collectSecrets: SecretFinder['collect'] = ofToolkit.collect;

/** Lists the secrets of the toolkit's own API in a header. */
export const collectHeaderSecrets: SecretFinder['collectOfHeader'] = ofToolkit.collectOfHeader;

// As `"token": "…"` and `token=…`, also where a body is cut off or is part of a page. A lone `t` is one in a query only.
function createFieldPattern(names: ReadonlySet<string>): RegExp {
  const words = joinNames([...names].filter((name) => name !== 't'));
  return new RegExp(
    `(?<!\\w)(?:${words})["']?\\s*[=:]\\s*"([^"]+)"|(?:(?<!\\w)(?:${words})|[?&]t)=([^&\\s"',;<}]+)`,
    'g',
  );
}

/** Joins names to the alternatives of a regular expression. */
export function joinNames(names: Iterable<string>): string {
  return [...names].map((name) => name.replaceAll(/[^\w\s]/g, String.raw`\$&`)).join('|');
}

function listCredentials(value: string): string[] {
  // With a scheme, as `Bearer …`, or with a name, as `session=…; Path=/`.
  const parts = value.split(/[\s;]+/).map((part) => part.replace(/^[^=]*=(?=.)/, ''));
  // "Bearer", "Path=/" and the like are parts of the messages that secrets are hidden in.
  return [value, ...parts].filter((part) => part.length > 6);
}

// Without recursion: others can send JSON of any depth.
function listValues(root: unknown, names: ReadonlySet<string>): string[] {
  const secrets: string[] = [];
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) {
      continue;
    }
    for (const [key, value] of Object.entries(node)) {
      open.push(value);
      if (isPlainObject(node) && names.has(key) && /^(?:string|number)$/.test(typeof value)) {
        secrets.push(String(value));
      }
    }
  }
  return secrets;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  return new URLSearchParams(`text=${text}`).get('text') ?? text;
}
