import type { Oas3_1Definition, Oas3Server } from '@redocly/openapi-core';
import { type FindOperation, parseTarget } from '../http/message.ts';
import { listOperations, type OperationPlace } from './operations.ts';

/** A request, as far as it says which operation it calls. */
export interface CalledPath {
  /** In lower case. Missing: whatever the method, the path counts alone. */
  method?: string;
  /** As it is sent, without the query. */
  path: string;
  /** Finds a value in the query or the headers. Default: none. */
  find?: (name: string) => unknown;
}

/** The operation that a request calls. */
export interface Call {
  place: OperationPlace;
  /** The path below the base path of the server, as it is sent. */
  path: string;
  /** How many segments of the path are the base path of a server. */
  baseLength: number;
}

/** Finds the operation that a request calls. */
export type FindCall = (request: CalledPath) => Call | undefined;

interface Route extends Omit<Call, 'path'> {
  /** Its place among all routes. */
  order: number;
  /** Of the template, decoded, with an empty placeholder for each. */
  segments: readonly string[];
  pattern: RegExp;
  /** Required parts of the query or the headers, which AWS documents have after a `#` in the path. */
  wanted: readonly (readonly [name: string, value: string])[];
  /** A figure a segment: 0 for text, 1 for a template with text around it, 2 for a template alone. */
  rank: readonly number[];
}

const matchers = new WeakMap<Oas3_1Definition, FindCall>();

/**
 * Gives what finds the operations of a document. Paths are compared segment by segment, percent-decoded. Of several
 * paths that fit, the most concrete one counts, and of the equally concrete ones the one that begins so.
 *
 * @param basePathsOf where an operation is; default: its path is meant with or without the base path of its servers, and
 *   all that ask for one document share what finds its operations
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-templating-matching
 */
export function createMatcher(
  document: Oas3_1Definition,
  basePathsOf?: (place: OperationPlace) => readonly string[],
): FindCall {
  if (basePathsOf !== undefined) {
    return buildMatcher(document, basePathsOf);
  }
  const found =
    matchers.get(document) ?? buildMatcher(document, (place) => ['', ...listBasePaths(document, place)]);
  matchers.set(document, found);
  return found;
}

function buildMatcher(
  document: Oas3_1Definition,
  basePathsOf: (place: OperationPlace) => readonly string[],
): FindCall {
  const flags = isCaseIgnored(document) ? 'is' : 's';
  const toKey = (text: string): string => (flags.includes('i') ? text.toLowerCase() : text);
  let tree: RouteTree | undefined;
  return ({ method, path, find = () => undefined }) => {
    tree ??= buildTree(listRoutes(document, basePathsOf, flags), toKey);
    const segments = path.split('/');
    const decoded = segments.map(decodeSegment);
    const whole = decoded.join('/');
    const fitting = findRoutes(tree, decoded.map(toKey))
      .filter(
        ({ place, pattern }) => (method === undefined || place.method === method) && pattern.test(whole),
      )
      .sort((one, other) => one.order - other.order);
    const isMeant = ({ wanted }: Route): boolean =>
      wanted.every(
        ([name, value]) => find(name) !== undefined && (value === '' || String(find(name)) === value),
      );
    const route = fitting.find(isMeant) ?? fitting[0];
    return (
      route && {
        place: route.place,
        baseLength: route.baseLength,
        path: writeAsSpec(route.place.path, segments.slice(1 + route.baseLength), flags),
      }
    );
  };
}

/** In the order in which they count. */
function listRoutes(
  document: Oas3_1Definition,
  basePathsOf: (place: OperationPlace) => readonly string[],
  flags: string,
): Route[] {
  return listOperations(document)
    .flatMap((place) =>
      [...new Set(basePathsOf(place))].map((basePath) => createRoute(place, basePath, flags)),
    )
    .sort(compareRoutes)
    .map((route, order) => ({ ...route, order }));
}

/** Routes by the segments of their paths, so that a request is compared with a few of them alone. */
interface RouteTree {
  routes: Route[];
  /** Those whose next segment is this text. */
  texts: Map<string, RouteTree>;
  /** Those whose next segment has a placeholder. */
  template?: RouteTree;
}

function buildTree(routes: readonly Route[], toKey: (text: string) => string): RouteTree {
  const root: RouteTree = { routes: [], texts: new Map() };
  for (const route of routes) {
    let node = root;
    for (const segment of route.segments) {
      const next = (segment.includes('{') ? node.template : node.texts.get(toKey(segment))) ?? {
        routes: [],
        texts: new Map(),
      };
      if (segment.includes('{')) {
        node.template = next;
      } else {
        node.texts.set(toKey(segment), next);
      }
      node = next;
    }
    node.routes.push(route);
  }
  return root;
}

function findRoutes(tree: RouteTree, segments: readonly string[], at = 0): Route[] {
  const segment = segments[at];
  if (segment === undefined) {
    return tree.routes;
  }
  const text = tree.texts.get(segment);
  const found = text === undefined ? [] : findRoutes(text, segments, at + 1);
  return tree.template === undefined ? found : [...found, ...findRoutes(tree.template, segments, at + 1)];
}

/** How openapi-pact-comparator is told that the provider looks at no case, and of a base path. */
function readSetting(document: Oas3_1Definition, name: 'case-insensitive' | 'base-path'): unknown {
  return (document.info as unknown as Record<string, unknown> | undefined)?.[`x-opc-config-${name}`];
}

function isCaseIgnored(document: Oas3_1Definition): boolean {
  return readSetting(document, 'case-insensitive') === true;
}

// Where case is ignored, everything but placeholders is written as in the spec.
function writeAsSpec(template: string, segments: readonly string[], flags: string): string {
  const written = template.split('/').slice(1);
  const path = flags.includes('i')
    ? segments.map((segment, index) => (written[index]?.includes('{') === false ? written[index] : segment))
    : segments;
  return ['', ...path].join('/');
}

/** A trailing part that some documents write into a path but that is not part of it. */
const trailer = /[#?].*$/s;

/** Splits what is no path off a path: what the query or the headers must have. */
export function splitPath(path: string): { path: string; wanted: [name: string, value: string][] } {
  return {
    path: path.replace(trailer, ''),
    wanted: [...new URLSearchParams(trailer.exec(path)?.[0].slice(1))],
  };
}

/** Creates what cuts the base path of a server off a request, which its operation does not know as a part of its path. */
export function createPathCutter(
  document: Oas3_1Definition,
  findCall: FindCall,
): <Request extends { url: { path: string } }>(request: Request) => Request {
  const places = listOperations(document);
  if (places.every((place) => listBasePaths(document, place).join('') === '')) {
    return (request) => request;
  }
  return (request) => {
    const call = findCall({ path: request.url.path });
    return call === undefined ? request : { ...request, url: { ...request.url, path: call.path } };
  };
}

/** Tells whether a document has operations that share a path. */
export function needsMoreThanPath(document: Oas3_1Definition): boolean {
  return Object.keys(document.paths ?? {}).some((path) => trailer.test(path));
}

function createRoute(place: OperationPlace, basePath: string, flags: string): Omit<Route, 'order'> {
  const { path, wanted } = splitPath(place.path);
  const template = basePath + path;
  return {
    place,
    baseLength: basePath.split('/').length - 1,
    segments: template
      .replaceAll(/\{[^}]+\}/g, '{}')
      .split('/')
      .map(decodeSegment),
    pattern: toPattern(template, flags),
    wanted,
    rank: path
      .split('/')
      .map((segment) => (segment.includes('{') ? (/^\{[^{}]*\}$/.test(segment) ? 2 : 1) : 0)),
  };
}

// A path as it stands comes before one below a base path.
function compareRoutes(one: Omit<Route, 'order'>, other: Omit<Route, 'order'>): number {
  const sum = ({ rank }: Pick<Route, 'rank'>): number => rank.reduce((total, figure) => total + figure, 0);
  const base = Math.sign(one.baseLength) - Math.sign(other.baseLength);
  // Paths with more requirements are tried first.
  const asked = base || other.wanted.length - one.wanted.length;
  return asked || sum(one) - sum(other) || compareRanks(one.rank, other.rank);
}

// Without `localeCompare`, whose first use loads the tables of languages.
function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((figure, index) => figure !== other[index]);
  return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
}

/**
 * Creates what finds the operationId of the operation that a request calls.
 */
export function createFindOperation(document: Oas3_1Definition): FindOperation {
  const findCall = createMatcher(document);
  return ({ method, target, url, headers = {} }) => {
    const parsed = url === undefined ? parseTarget(target) : url;
    const find = (name: string): unknown => parsed?.searchParams.get(name) ?? headers[name.toLowerCase()];
    return findCall({ method: method.toLowerCase(), path: readRawPath(target, parsed), find })?.place
      .operation.operationId;
  };
}

/**
 * Reads the path of a request target as Prism sees it: of a whole URL the path, without dot segments, and each segment
 * decoded, but for a slash in it.
 */
export function readPath(target: string): string {
  return readRawPath(target).split('/').map(decodeSegment).join('/');
}

// Parsed once for a request, where it is parsed already.
function readRawPath(target: string, url: URL | null = parseTarget(target)): string {
  return url?.pathname ?? '';
}

/**
 * Reads the values of the placeholders in a path, percent-decoded.
 *
 * @returns `undefined` where the path does not fit the template
 */
export function readPathValues(template: string, path: string): Record<string, string> | undefined {
  const names = [...template.replace(trailer, '').matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const found = toPattern(template.replace(trailer, '')).exec(path.split('/').map(decodeSegment).join('/'));
  return found === null
    ? undefined
    : Object.fromEntries(names.map((name, index) => [name, (found[index + 1] ?? '').replaceAll('%2F', '/')]));
}

/**
 * Fills the placeholders of a path template with values, each as one percent-encoded segment or a part of one.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  // A percent sign that begins no sequence stands for itself.
  const plain = template.replaceAll(/%(?![\da-f]{2})/gi, '%25');
  return plain.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(Object.hasOwn(values, name) ? values[name] : '')),
  );
}

/**
 * Lists the base paths of the servers of an operation, without a slash at the end, and with the `{variables}` that hold
 * no slash: `['/api/{version}']`, or `['']` for the root.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#server-object
 */
export function listBasePaths(
  document: Oas3_1Definition,
  { operation, pathItem }: Pick<OperationPlace, 'operation' | 'pathItem'>,
): string[] {
  const servers = operation.servers ?? pathItem.servers ?? document.servers ?? [];
  const own = readSetting(document, 'base-path');
  const paths = servers.length === 0 ? [''] : servers.map(readBasePath);
  return typeof own === 'string' ? [...paths, own.replace(/\/+$/, '')] : paths;
}

function readBasePath({ url, variables = {} }: Oas3Server): string {
  const filled = url.replaceAll(/\{([^}]+)\}/g, (placeholder, name: string) => {
    const { default: value = '' } = variables[name] ?? {};
    return value.includes('/') ? value : placeholder;
  });
  const path = filled.replace(/^(?:[^/?#]*:)?\/\/[^/?#]*/, '').replace(/[?#].*$/, '');
  return path.replace(/^(?!\/|$)/, '/').replace(/\/+$/, '');
}

function toPattern(template: string, flags = 's'): RegExp {
  const source = template.split(/(\{[^}]+\})/).map((part, index) =>
    index % 2 === 1
      ? '([^/]*)'
      : part
          .split('/')
          .map(decodeSegment)
          .join('/')
          .replaceAll(/[^\w\s/]/g, String.raw`\$&`),
  );
  return new RegExp(`^${source.join('')}$`, flags);
}

// But for a slash in it, and not where it does not decode.
function decodeSegment(segment: string): string {
  try {
    return segment.includes('%') ? decodeURIComponent(segment).replaceAll('/', '%2F') : segment;
  } catch {
    return segment;
  }
}
