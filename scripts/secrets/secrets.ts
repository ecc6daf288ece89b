import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { listSchemes } from '../openapi/credentials.ts';
import { isPlainObject, resolveReference } from '../openapi/document.ts';
import { createMatcher } from '../openapi/matcher.ts';
import { listNamedSchemas, type NamedSchema } from '../openapi/schemas.ts';

/** What is a secret in the messages of an API: the one definition, for all that masks. */
export interface Secrets {
  /** Tells whether a field, a parameter, a header or a cookie of that name holds a secret, or a person's name. */
  isSecretName: (name: string) => boolean;
  /** Finds the segments of a path that are secrets by the name of their parameter, counted from 0. */
  findSegments: (path: string) => number[];
}

/**
 * Creates the definition for one API. A name is secret where its document says so (`format: password`, `format: email`,
 * an API key of `securitySchemes`), or where it is like that of a secret and the document has no other values for it
 * than a closed list, booleans or dates.
 *
 * @param document without one, names alone decide
 */
export function createSecrets(document?: Oas3_1Definition): Secrets {
  // A mock asks for no name until somebody looks at its journal, and a document can have many.
  let read: KnownNames | undefined;
  const isSecretName = remember((name) => {
    read ??= readNames(document);
    const { marked, closed } = read;
    return marked.has(name) || (isLikeSecret(name) && !closed.has(name)) || isLikePerson(name);
  });
  return {
    isSecretName,
    findSegments: document === undefined ? () => [] : createSegmentFinder(document, isSecretName),
  };
}

/** The names that a document says something about. */
interface KnownNames {
  /** Of secrets. */
  marked: ReadonlySet<string>;
  /** Of what has no other values than some that are known. */
  closed: ReadonlySet<string>;
}

function readNames(document: Oas3_1Definition | undefined): KnownNames {
  const schemas = document === undefined ? [] : readSchemas(document);
  const secret = schemas.filter(({ isSecret }) => isSecret).flatMap(({ names }) => names);
  const open = new Set(schemas.filter(({ isClosed }) => !isClosed).flatMap(({ names }) => names));
  return {
    marked: new Set([...secret, ...(document === undefined ? [] : listApiKeys(document))]),
    closed: new Set(schemas.flatMap(({ names }) => names).filter((name) => !open.has(name))),
  };
}

const maxRemembered = 1000;

// A text has the same few names many times.
function remember(decide: (name: string) => boolean): (name: string) => boolean {
  const decisions = new Map<string, boolean>();
  return (name) => {
    const known = decisions.get(name);
    if (known !== undefined) {
      return known;
    }
    const decision = decide(name);
    if (decisions.size < maxRemembered) {
      decisions.set(name, decision);
    }
    return decision;
  };
}

/**
 * Lists the texts of a document that are secrets by their name, and not marked with `format: password`.
 */
export function listUnmarkedSecrets(document: Oas3_1Definition): NamedSchema[] {
  return listNamedSchemas(document).filter(({ name, schema }) => {
    const { type } = resolveSchema(document, schema);
    const isText = [type].flat().includes('string');
    return (
      isText &&
      isLikeSecret(name) &&
      !isClosed(document, schema) &&
      !hasFormat(document, schema, ['password'])
    );
  });
}

// Names are read as words: `user[newPassword2]` is user_new_password2.
function readWords(name: string): string {
  return name
    .slice(-200)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

// Anywhere in a name, since a header's has no capitals to tell its words by.
const secretPart =
  /token(?!iz)|passw(?:or)?d|pass_?(?:phrase|code)|secret(?!ar)|jwt|credential|authorization|cookie|(?:api|access|private|signing|encryption|master|shared|auth)_?key|sess(?:ion)?_?id|client_?assertion|code_?verifier/;
// By themselves, or with what is said of their value.
const secretWord =
  /(?:^|_)(?:pwd|pass|pin|[a-z]{0,8}otp|auth|session|sid|c?srf|xsrf|bearer|assertion)\d*(?:_(?:value|code|number|confirmation|repeat))?(?:_?\d+)?$/;
// `token_type` and `passwordMinLength` say something about a secret.
const aboutSecret =
  /(?:_|token|passw(?:or)?d|secret|session|cookie|key)(?:types?|kind|expir\w*|in|at|ttl|life(?:time)?|seconds|minutes|count|length|size|limit|min|max|policy|required|enabled|needed|valid|verified|hint|ur[il]|endpoint|methods?|names?|format|status|scopes?|errors?|strength|alg(?:orithm)?|supported|us(?:ed|age)|issuer|version)$|^(?:max|min|total|count)_/;
const person = /(?:^|_)(?:e_?mail(?:_?addr(?:ess)?)?|user_?name)$|^(?:user_|account_)?login(?:_?name)?$/;

function isLikeSecret(name: string): boolean {
  const words = readWords(name);
  return (secretPart.test(words) || secretWord.test(words)) && !aboutSecret.test(words);
}

function isLikePerson(name: string): boolean {
  return person.test(readWords(name));
}

interface ReadSchema {
  /** With that of a header in lower case, too, as it arrives. */
  names: string[];
  isSecret: boolean;
  isClosed: boolean;
}

function readSchemas(document: Oas3_1Definition): ReadSchema[] {
  return listNamedSchemas(document).map(({ name, schema, place }) => ({
    names: place === 'header' ? [name, name.toLowerCase()] : [name],
    isSecret: hasFormat(document, schema, ['password', 'email']),
    isClosed: isClosed(document, schema),
  }));
}

function listApiKeys(document: Oas3_1Definition): string[] {
  return listSchemes(document).flatMap(([, scheme]) =>
    scheme.type === 'apiKey' ? [scheme.name, scheme.name.toLowerCase()] : [],
  );
}

function hasFormat(
  document: Oas3_1Definition,
  node: object,
  formats: readonly string[],
  parents: readonly object[] = [],
): boolean {
  const schema = resolveSchema(document, node);
  if (parents.includes(schema)) {
    return false;
  }
  const { anyOf, oneOf, allOf, items } = schema;
  return (
    formats.includes(String(schema.format)) ||
    [anyOf, oneOf, allOf, items]
      .flat()
      .some((one) => isPlainObject(one) && hasFormat(document, one, formats, [...parents, schema]))
  );
}

function isClosed(document: Oas3_1Definition, node: object): boolean {
  const { type, format, const: constant, enum: values } = resolveSchema(document, node);
  const isListed = values !== undefined || constant !== undefined;
  return (
    isListed ||
    type === 'boolean' ||
    type === 'null' ||
    /^(?:date|time|date-time|duration)$/.test(String(format))
  );
}

// What only looks like a schema, in an example, can have a reference that leads nowhere.
function resolveSchema(document: Oas3_1Definition, node: object): Oas3_1Schema {
  try {
    return resolveReference<Oas3_1Schema>(document, node);
  } catch {
    return {};
  }
}

// The method of the request is no matter: a wrong one has the same path.
function createSegmentFinder(
  document: Oas3_1Definition,
  isSecretName: Secrets['isSecretName'],
): Secrets['findSegments'] {
  const findCall = createMatcher(document);
  const isSecretSegment = (segment: string): boolean =>
    [...segment.matchAll(/\{([^}]*)\}/g)].some(([, name = '']) => isSecretName(name));
  return (path) => {
    const { place, baseLength = 0 } = findCall({ path }) ?? {};
    const segments = (place?.path ?? '').split('/');
    return segments.flatMap((segment, index) => (isSecretSegment(segment) ? [baseLength + index] : []));
  };
}
