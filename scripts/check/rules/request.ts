import type { Oas3SecurityScheme } from '@redocly/openapi-core';
import { isFormType } from '../../http/media-types.ts';
import { listAlternatives } from '../../openapi/credentials.ts';
import { findBodyType, type MatchedInteraction, type Remark } from './interaction.ts';
import { sampleTexts } from './matchers.ts';
import { explainBody, listRequestValues, listSent, readRequestBody } from './request-values.ts';
import { readTexts, schemaOf, shapeOf } from './wire-values.ts';

// OpenAPI, "Parameter Object", describes some of these elsewhere; HTTP itself and W3C's Trace Context describe the others.
const freeHeaders = new Set(
  (
    'accept accept-charset accept-datetime accept-encoding accept-language authorization cache-control connection ' +
    'content-encoding content-language content-length content-md5 content-type cookie date dnt expect forwarded from ' +
    'host http2-settings if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive max-forwards ' +
    'origin pragma prefer proxy-authorization range referer te traceparent tracestate trailer transfer-encoding upgrade ' +
    'user-agent via warning'
  ).split(' '),
);

/**
 * Checks a request against the spec: its names are documented, required parts are present, and every value that its
 * rules allow is valid. Requests that expect a refusal are checked too.
 */
export function checkRequest(matched: MatchedInteraction): Remark[] {
  const undocumented = findUndocumented(matched);
  const invalid = [...findMissing(matched), ...findInvalid(matched)];
  if (matched.isRequestInvalid === 'maybe') {
    return undocumented;
  }
  if (matched.isRequestInvalid === 'yes') {
    const message =
      'Found a valid request, expected an invalid one: the spec documents this response only for invalid requests.';
    return invalid.length === 0 ? [{ message, pointer: '/request' }] : undocumented;
  }
  return [...undocumented, ...(invalid.length > 0 ? invalid : checkSamples(matched))];
}

/**
 * Tells whether a request is right where openapi-pact-comparator finds it wrong, since it does not read how a value is
 * written: lists and objects in parameters and forms, numbers in multipart, schemes that no header shows.
 *
 * @param code the comparator's
 * @param keys where it is, from `request` on
 */
export function isMisread(matched: MatchedInteraction, code: string, keys: readonly string[]): boolean {
  const [, , name = ''] = keys;
  switch (code) {
    case 'request.authorization.missing':
      return listCredentials(matched).some((credentials) => credentials.length === 0);
    case 'request.header.unknown':
      return freeHeaders.has(name.toLowerCase());
    case 'request.query.unknown':
      return listSent(matched).some(({ names }) => names.includes(name));
    case 'request.path-or-method.unknown':
      // Its values are for the rules of requests to judge.
      return matched.parameters.some(
        (parameter) =>
          parameter.in === 'path' &&
          (!['simple', undefined].includes(parameter.style) ||
            shapeOf(matched.document, [schemaOf(parameter)]) !== 'text'),
      );
    case 'request.header.incompatible':
    case 'request.query.incompatible':
      return isValidParameter(matched, code.split('.')[1] ?? '', name);
    case 'request.body.incompatible': {
      const { body } = matched.interaction.request;
      const isForm =
        body !== undefined && (isFormType(body.mediaType) || body.mediaType === 'multipart/form-data');
      return isForm && explainBody(matched, body.value) === undefined;
    }
    default:
      return false;
  }
}

function isValidParameter(matched: MatchedInteraction, part: string, name: string): boolean {
  const isNamed = (one: string): boolean => one.toLowerCase() === name.toLowerCase();
  const sent = listSent(matched).find(
    ({ parameter, names }) => parameter.in === part && (isNamed(parameter.name) || names.some(isNamed)),
  );
  if (sent === undefined) {
    return false;
  }
  const schema = schemaOf(sent.parameter);
  const isComposed = sent.parameter.content !== undefined || shapeOf(matched.document, [schema]) !== 'text';
  return isComposed && matched.validators.request.explain(schema, sent.read(sent.texts)) === undefined;
}

// A server may ignore what it does not know, and most do.
function findUndocumented(matched: MatchedInteraction): Remark[] {
  const { interaction, parameters, place } = matched;
  const { request } = interaction;
  const credentials = listCredentials(matched).flat();
  const isCredential = (part: string, name: string): boolean =>
    credentials.some((one) => one.in === part && one.name.toLowerCase() === name.toLowerCase());
  const sent = listSent(matched).flatMap(({ names }) => names);
  const isHeader = (name: string): boolean =>
    parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === name);
  const headers = Object.keys(request.headers).filter(
    (name) => !freeHeaders.has(name) && !isHeader(name) && !isCredential('header', name),
  );
  const query = Object.keys(request.query).filter(
    (name) => !sent.includes(name) && !isCredential('query', name),
  );
  const isUnknownBody = request.body !== undefined && place.operation.requestBody === undefined;
  return [
    ...headers.map((name) => toUndocumented(`the header ${name}`, `/request/headers/${name}`)),
    ...query.map((name) => toUndocumented(`the query parameter ${name}`, `/request/query/${name}`)),
    ...(isUnknownBody ? [toUndocumented('a body', '/request/body')] : findUndocumentedFields(matched)),
  ];
}

function toUndocumented(what: string, pointer: string): Remark {
  const message = `Found ${what}, which the operation does not have.`;
  return { message, pointer, code: 'pact.sends-undocumented', severity: 'warning' };
}

function findUndocumentedFields(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  const isAllowed = body === undefined || explainBody(matched, body.value) !== undefined;
  const reason = isAllowed ? undefined : explainBody(matched, body.value, true);
  const message = `The body has what its schema does not name: ${reason}.`;
  return reason === undefined
    ? []
    : [{ message, pointer: '/request/body', code: 'pact.sends-undocumented', severity: 'warning' }];
}

function findMissing(matched: MatchedInteraction): Remark[] {
  const { request } = matched.interaction;
  const sent = listSent(matched).map(({ parameter }) => parameter);
  const missing = matched.parameters.filter(
    (parameter) =>
      parameter.required === true &&
      ['query', 'header'].includes(parameter.in ?? '') &&
      !sent.includes(parameter),
  );
  const cookies = readCookies(request);
  const missingCookies = matched.parameters.filter(
    ({ in: part, required, name }) => part === 'cookie' && required === true && !cookies.has(name),
  );
  const isEmpty = request.body === undefined || request.body.value === '';
  const body = isEmpty && readRequestBody(matched)?.required === true ? ['body'] : [];
  const parameters = [...missing, ...missingCookies].map(({ name, in: part }) => `${part} parameter ${name}`);
  return [...parameters, ...body].map((what) => ({
    message: `The request lacks the ${what}, which is required.`,
    pointer: '/request',
  }));
}

function readCookies({ headers }: MatchedInteraction['interaction']['request']): Map<string, string> {
  const pairs = (headers.cookie ?? []).flatMap((text) => text.split(/;\s*/));
  return new Map(
    pairs.flatMap((pair): [string, string][] => {
      const [name = '', ...value] = pair.split('=');
      return value.length === 0 ? [] : [[name.trim(), value.join('=')]];
    }),
  );
}

function findInvalid(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  const content = readRequestBody(matched)?.content;
  const values = listRequestValues(matched).flatMap(({ title, pointer, example, whole, explain }) => {
    const reason = explain(example);
    return reason === undefined
      ? []
      : [{ message: `The ${title} "${whole}" is invalid: ${reason}.`, pointer }];
  });
  const all = [...values, ...findInvalidCookies(matched)];
  if (body === undefined || content === undefined || Object.keys(content).length === 0) {
    return all;
  }
  const pointer = '/request/body';
  if (findBodyType(content, body) === undefined) {
    const expected = Object.keys(content).join(' or ');
    return [{ message: `Found a body in ${body.mediaType}, expected ${expected}.`, pointer }];
  }
  const reason = explainBody(matched, body.value);
  return reason === undefined ? all : [{ message: `The body breaks its schema: ${reason}.`, pointer }];
}

function findInvalidCookies({ document, parameters, interaction, validators }: MatchedInteraction): Remark[] {
  const cookies = readCookies(interaction.request);
  return parameters.flatMap((parameter) => {
    const text = parameter.in === 'cookie' ? cookies.get(parameter.name) : undefined;
    const value =
      text && readTexts(document, { ...parameter, schema: schemaOf(parameter), style: 'form' }, [text]);
    const reason = text && validators.request.explain(schemaOf(parameter), value);
    const message = `The cookie ${parameter.name} "${text}" is invalid: ${reason}.`;
    return reason ? [{ message, pointer: '/request/headers/Cookie' }] : [];
  });
}

function checkSamples(matched: MatchedInteraction): Remark[] {
  return listRequestValues(matched).flatMap(({ title, pointer, rule, explain }) => {
    const texts = rule === undefined ? [] : sampleTexts(rule);
    const refused = texts.find((text) => explain(text) !== undefined);
    return refused === undefined
      ? []
      : [
          {
            message: `The pact's matching rule for the ${title} allows ${JSON.stringify(refused)}, but the spec forbids it: ${explain(refused)}.`,
            pointer,
          },
        ];
  });
}

interface Credential {
  in: 'header' | 'query' | 'cookie';
  name: string;
  pattern: RegExp;
  title: string;
  /** Whether a provider takes it in other ways, too, and a test often leaves it to the verifier. */
  isOptional?: boolean;
}

/**
 * Checks the credentials of a request against the operation's security, both ways: a secured operation gets them,
 * unless a refusal is expected, and one that is said to be public does not. Where the spec says nothing of security,
 * nothing is checked.
 */
export function checkCredentials(matched: MatchedInteraction): Remark[] {
  const { document, place, interaction, parameters } = matched;
  const { request, response } = interaction;
  const security = place.operation.security ?? document.security;
  const alternatives = listCredentials(matched);
  const isDeclared = parameters.some(({ name }) => name.toLowerCase() === 'authorization');
  const pointer = '/request/headers/Authorization';
  if (security === undefined) {
    return [];
  }
  if (security.length === 0 || alternatives.some((credentials) => credentials.length === 0)) {
    return request.headers.authorization === undefined || isDeclared || security.length > 0
      ? []
      : [{ message: 'Found an Authorization header, expected none: the operation is public.', pointer }];
  }
  if (request.headers.authorization === undefined && [401, 403].includes(response.status)) {
    return [];
  }
  const isMet = alternatives.some((credentials) => credentials.every((one) => sends(matched, one)));
  const expected = alternatives.map((all) => all.map(({ title }) => title).join(' and ')).join(', or ');
  const message = `The request sends no valid credentials, expected ${expected}.`;
  const isOptional =
    request.headers.authorization === undefined &&
    alternatives.some((all) => all.every((one) => one.isOptional === true || sends(matched, one)));
  return isMet ? [] : [{ message, pointer, ...(isOptional ? { severity: 'warning' } : {}) }];
}

/** Lists what each alternative of an operation's security asks for, as far as a request shows it. */
function listCredentials({ document, place }: MatchedInteraction): Credential[][] {
  return listAlternatives(document, place.operation).map((schemes) =>
    schemes.flatMap(([, scheme]) => toCredentials(scheme)),
  );
}

// A client certificate is in no header, and which token OpenID Connect or Digest ends with is agreed upon elsewhere.
function toCredentials(scheme: Oas3SecurityScheme): Credential[] {
  if (scheme.type === 'apiKey') {
    const title = `the ${scheme.in} ${scheme.name}`;
    return [{ in: scheme.in, name: scheme.name, pattern: /./, title }];
  }
  const word =
    scheme.type === 'http' ? scheme.scheme.toLowerCase() : scheme.type === 'oauth2' ? 'bearer' : '';
  if (word !== 'basic' && word !== 'bearer') {
    return [];
  }
  const title = `an Authorization header that begins with "${word[0]?.toUpperCase()}${word.slice(1)} "`;
  const credential = { in: 'header', name: 'Authorization', title } as const;
  // RFC 9449: a token can be bound to a key.
  return scheme.type === 'oauth2'
    ? [{ ...credential, pattern: /^(?:bearer|dpop) +[^ ]/i, isOptional: true }]
    : [{ ...credential, pattern: new RegExp(`^${word} +[^ ]`, 'i') }];
}

function sends({ interaction: { request } }: MatchedInteraction, credential: Credential): boolean {
  const { in: place, name, pattern } = credential;
  if (place === 'cookie') {
    return readCookies(request).has(name);
  }
  const key = place === 'header' ? name.toLowerCase() : name;
  const [value] = (place === 'header' ? request.headers : request.query)[key] ?? [];
  const rule = request.rules[place][key];
  const texts = [...(value === undefined ? [] : [value]), ...(rule === undefined ? [] : sampleTexts(rule))];
  return value !== undefined && texts.every((text) => pattern.test(text));
}
