import type { Oas3_1Schema, Oas3MediaType } from '@redocly/openapi-core';
import type { Operation, ValueStyle } from '../../../src/runtime/operation.ts';
import { isJsonType, readEssence } from '../../http/media-types.ts';
import { isBearerToken } from '../../openapi/credentials.ts';
import { isPlainObject } from '../../openapi/document.ts';
import { splitPath } from '../../openapi/matcher.ts';
import type { ParameterModel } from '../../openapi/operations.ts';
import type { OperationModel } from './operation-model.ts';

/**
 * Renders an operation as data for the sender. Defaults of OpenAPI are left out.
 */
export function toTableEntry(model: OperationModel): Partial<Operation> {
  const { method, path, security, requestBody, responses, parameters } = model;
  const encoding = requestBody?.contents.filter((content) => Object.keys(content.encoding).length > 0) ?? [];
  const entry = {
    method: method.toUpperCase(),
    path: toSentPath(path, parameters),
    public: security.isPublic,
    requestMediaType: requestBody && nameRequestType(requestBody.contents[0]),
    responses: Object.fromEntries(responses.map((response) => [response.key, toKinds(response)])),
    query: parameters.filter((parameter) => parameter.in === 'query').map(toQueryParameter),
    styles: toStyles(parameters),
    encoding:
      encoding.length === 0
        ? undefined
        : Object.fromEntries(encoding.map((content) => [content.mediaType, content.encoding])),
    accept: toAccept(responses),
    security: takesMoreThanBearer(security.places) ? security.places : undefined,
  };
  return entry as Partial<Operation>;
}

// No request carries a fragment: what it says is a parameter, as a rule, or else belongs to the query.
function toSentPath(path: string, parameters: OperationModel['parameters']): string {
  if (!path.includes('#')) {
    return path;
  }
  const { path: sent, wanted } = splitPath(path);
  const isParameter = (name: string): boolean =>
    parameters.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const search = new URLSearchParams(wanted.filter(([name]) => !isParameter(name)));
  return search.size === 0 ? sent : `${sent}?${search}`;
}

// A range is not a media type: `*/*` that describes an object is JSON.
function nameRequestType(
  content: NonNullable<OperationModel['requestBody']>['contents'][number] | undefined,
) {
  const { mediaType = '', kind } = content ?? {};
  const usual = { json: 'application/json', text: 'text/plain' };
  return mediaType.includes('*') && (kind === 'json' || kind === 'text') ? usual[kind] : mediaType;
}

function toKinds({ contents }: OperationModel['responses'][number]): unknown {
  const [first] = contents;
  return contents.length > 1
    ? Object.fromEntries(contents.flatMap(({ kind, mediaTypes }) => mediaTypes.map((name) => [name, kind])))
    : (first?.kind ?? 'none');
}

function toQueryParameter(parameter: ParameterModel): object {
  const { name, required, schema } = parameter;
  return {
    name,
    required: required === true,
    const: ['string', 'number', 'boolean'].includes(typeof schema?.const) ? schema?.const : undefined,
    pattern: schema?.pattern,
    ...toStyle(parameter),
  };
}

function toStyles(parameters: readonly ParameterModel[]): Operation['styles'] {
  const places = (['path', 'header', 'cookie'] as const).flatMap((place) => {
    const styles = parameters
      .filter((parameter) => parameter.in === place)
      .map((parameter) => [parameter.name, toStyle(parameter)] as const)
      .filter(([, style]) => Object.keys(style).length > 0);
    return styles.length === 0 ? [] : [[place, Object.fromEntries(styles)] as const];
  });
  return places.length === 0 ? undefined : Object.fromEntries(places);
}

/**
 * Reads how the value of a parameter is written, as far as it isn't in the default way of its place.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object
 */
function toStyle({ in: place, style, explode, allowReserved, content }: ParameterModel): ValueStyle {
  const [contentType] = Object.keys(content ?? {});
  if (contentType !== undefined) {
    return isJsonType(contentType) ? { contentType } : {};
  }
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  return pickStyle({ style, explode, allowReserved }, usual);
}

const styles = [
  'form',
  'simple',
  'label',
  'matrix',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
] as const;

function pickStyle(given: { [Name in keyof ValueStyle]?: unknown }, usual: 'form' | 'simple'): ValueStyle {
  const style = styles.find((known) => known === given.style);
  const isUsualExplode = given.explode === ((style ?? usual) === 'form');
  return {
    ...(style !== undefined && style !== usual && { style }),
    ...(typeof given.explode === 'boolean' && !isUsualExplode && { explode: given.explode }),
    ...(given.allowReserved === true && { allowReserved: true }),
  };
}

/**
 * Reads how the fields of a form are written, by name. In contrast to a parameter, a style that is written out counts
 * even where it is the default: without one, an object is JSON.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 */
export function readEncoding({ encoding = {} }: Oas3MediaType<Oas3_1Schema>): Record<string, ValueStyle> {
  const entries = Object.entries(encoding).filter(([, field]) => isPlainObject(field));
  const fields = entries.map(([name, { contentType, style, explode, allowReserved }]) => {
    const isStyled = style !== undefined || explode !== undefined || allowReserved !== undefined;
    const written = pickStyle({ style, explode, allowReserved }, 'form');
    const type = typeof contentType === 'string' ? { contentType } : {};
    return [name, isStyled ? { style: 'form' as const, ...written } : type] as const;
  });
  return Object.fromEntries(fields.filter(([, style]) => Object.keys(style).length > 0));
}

/** A longer `Accept` has a browser ask the server first: https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const longestAccept = 128;

// JSON is what the types say most of. Without a body, or with JSON alone, the sender knows by itself.
function toAccept(responses: OperationModel['responses']): string | undefined {
  const all = responses.flatMap(({ contents }) => contents.flatMap(({ mediaTypes }) => mediaTypes));
  // The same goes for these characters, and a comma would begin another type.
  const safe = all.map((name) => (/[^\x20-\x7e]|["(),:<>?@[\\\]{}]/.test(name) ? readEssence(name) : name));
  const names = [...new Set(safe)].filter((name) => /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;|$)/.test(name));
  const json = names.filter(isJsonType);
  const others = names.filter((name) => !isJsonType(name));
  const ranked = [...json, ...others.map((name) => (json.length > 0 ? `${name};q=0.9` : name))];
  const accept = ranked.join(', ');
  const short = accept.length <= longestAccept ? accept : `${ranked[0]}, */*;q=0.8`;
  return short === '' || short === 'application/json' ? undefined : short;
}

function takesMoreThanBearer(places: OperationModel['security']['places']): boolean {
  return places.some((alternative) => Object.values(alternative).some((place) => !isBearerToken(place)));
}
