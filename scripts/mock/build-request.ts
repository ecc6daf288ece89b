import { isFormType, isJsonType } from './parse-body.ts';
import type { Operation, Prism } from './prism.ts';
import type { RawRequest } from './raw-request.ts';

type Described = Parameters<Prism['makeUp']>[0];
type Parameter = Described & { name: string; required?: boolean };
type Content = NonNullable<NonNullable<NonNullable<Operation['request']>['body']>['contents']>[number];
type Pair = [name: string, value: unknown];

/** A request with one value for each header, which fits into a command line. */
export type ExampleRequest = RawRequest & { headers: Record<string, string> };

/**
 * Finds the form or JSON body of an operation, the first of them.
 */
export function findContent({ request }: Operation): Content | undefined {
  return request?.body?.contents?.find(({ mediaType }) => isFormType(mediaType) || isJsonType(mediaType));
}

/**
 * Builds a request to an operation from the first examples of what it requires, and from values that Prism makes
 * up where there are none. Credentials are made up, too.
 */
export function buildRequest(prism: Prism, operation: Operation): ExampleRequest {
  const { path = [], query = [], headers = [] } = operation.request ?? {};
  const pick = (parameters: Parameter[]): Pair[] =>
    parameters.filter(({ required }) => required).map((one) => [one.name, pickValue(prism, one)]);
  const content = findContent(operation);
  const search = encodePairs([...pick(query), ...pickCredentials(operation, 'query')]);
  return {
    method: operation.method.toUpperCase(),
    target: fillTemplate(operation.path, pick(path)) + (search === '' ? '' : `?${search}`),
    headers: Object.fromEntries(
      [
        ...(content === undefined ? [] : [['content-type', content.mediaType] satisfies Pair]),
        ...pick(headers),
        ...pickCredentials(operation, 'header'),
      ].map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body: Buffer.from(content === undefined ? '' : formatBody(content.mediaType, pickValue(prism, content))),
  };
}

function pickValue(prism: Prism, described: Described): unknown {
  const [example] = described.examples ?? [];
  return example !== undefined && 'value' in example ? example.value : prism.makeUp(described);
}

function pickCredentials({ security = [] }: Operation, place: 'header' | 'query'): Pair[] {
  const [schemes = []] = security;
  return schemes.flatMap((scheme): Pair[] => {
    if (scheme.type === 'apiKey') {
      return scheme.in === place ? [[scheme.name, 'key-1']] : [];
    }
    const isBasic = scheme.type === 'http' && scheme.scheme === 'basic';
    const value = isBasic ? `Basic ${Buffer.from('user:password').toString('base64')}` : 'Bearer token-1';
    return place === 'header' ? [['authorization', value]] : [];
  });
}

function fillTemplate(template: string, pairs: Pair[]): string {
  const values = new Map(pairs);
  return template.replaceAll(/{([^}]+)}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
}

function formatBody(mediaType: string, value: unknown): string {
  return isFormType(mediaType) ? encodePairs(Object.entries(value ?? {})) : JSON.stringify(value ?? null);
}

function encodePairs(pairs: Pair[]): string {
  return pairs
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeValue(one)}`),
    )
    .join('&');
}

// RFC 3986, section 3.4, lets these stand in a query, where a person reads them better.
function encodeValue(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return encodeURIComponent(text).replaceAll(/%(?:40|3A|2F)/g, decodeURIComponent);
}
