import type { Oas3_1Definition, Oas3SecurityScheme } from '@redocly/openapi-core';
import { findContent } from '../../http/media-types.ts';
import { resolveReference } from '../../openapi/document.ts';
import type { MatchedInteraction, Remark } from './interaction.ts';
import { sampleTexts } from './matchers.ts';
import { explainBody, listRequestValues, readRequestBody } from './request-values.ts';

// OpenAPI, "Parameter Object": these headers are described elsewhere or by HTTP itself.
const freeHeaders = [
  'accept',
  'authorization',
  'content-type',
  'content-length',
  'cookie',
  'host',
  'user-agent',
];

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
  const remarks = [...undocumented, ...invalid];
  return remarks.length > 0 ? remarks : checkSamples(matched);
}

function findUndocumented({ interaction: { request }, parameters, place }: MatchedInteraction): Remark[] {
  const isKnown = (part: string, name: string): boolean =>
    parameters.some((one) => one.in === part && one.name.toLowerCase() === name.toLowerCase());
  const headers = Object.keys(request.headers).filter(
    (name) => !freeHeaders.includes(name) && !isKnown('header', name),
  );
  const query = Object.keys(request.query).filter((name) => !isKnown('query', name));
  const body = request.body !== undefined && place.operation.requestBody === undefined ? ['a body'] : [];
  return [
    ...headers.map((name) => toRemark(`the header ${name}`, `/request/headers/${name}`)),
    ...query.map((name) => toRemark(`the query parameter ${name}`, `/request/query/${name}`)),
    ...body.map((what) => toRemark(what, '/request/body')),
  ];
}

function toRemark(what: string, pointer: string): Remark {
  return { message: `Found ${what}, which the operation does not have.`, pointer };
}

function findMissing(matched: MatchedInteraction): Remark[] {
  const { request } = matched.interaction;
  const missing = matched.parameters.filter(({ required, in: part, name }) => {
    const values = part === 'query' ? request.query : part === 'header' ? request.headers : undefined;
    const key = part === 'header' ? name.toLowerCase() : name;
    return required === true && values !== undefined && values[key] === undefined;
  });
  const body = request.body === undefined && readRequestBody(matched)?.required === true ? ['body'] : [];
  return [...missing.map(({ name, in: part }) => `${part} parameter ${name}`), ...body].map((what) => ({
    message: `The request lacks the ${what}, which is required.`,
    pointer: '/request',
  }));
}

function findInvalid(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  const content = readRequestBody(matched)?.content;
  const values = listRequestValues(matched).flatMap(({ title, pointer, example, explain }) => {
    const reason = explain(example);
    return reason === undefined
      ? []
      : [{ message: `The ${title} "${example}" is invalid: ${reason}.`, pointer }];
  });
  if (body === undefined || content === undefined) {
    return values;
  }
  const pointer = '/request/body';
  if (findContent(content, body.mediaType) === undefined) {
    const expected = Object.keys(content).join(' or ');
    return [{ message: `Found a body in ${body.mediaType}, expected ${expected}.`, pointer }];
  }
  const reason = explainBody(matched, body.value);
  return reason === undefined ? values : [{ message: `The body breaks its schema: ${reason}.`, pointer }];
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

type Credential = { in: 'header' | 'query' | 'cookie'; name: string; pattern: RegExp; title: string };

/**
 * Holds the credentials of a request against the operation's security, both ways: a secured operation gets them,
 * unless a refusal is expected, and a public one does not.
 */
export function checkCredentials(matched: MatchedInteraction): Remark[] {
  const { document, place, interaction, parameters } = matched;
  const { request, response } = interaction;
  const alternatives = listAlternatives(document, place.operation.security ?? document.security ?? []);
  const isDeclared = parameters.some(({ name }) => name.toLowerCase() === 'authorization');
  const pointer = '/request/headers/Authorization';
  if (alternatives.length === 0 || alternatives.some((credentials) => credentials.length === 0)) {
    return request.headers.authorization === undefined || isDeclared || alternatives.length > 0
      ? []
      : [{ message: 'Found an Authorization header, expected none: the operation is public.', pointer }];
  }
  if (request.headers.authorization === undefined && [401, 403].includes(response.status)) {
    return [];
  }
  const isMet = alternatives.some((credentials) => credentials.every((one) => sends(matched, one)));
  const expected = alternatives.map((all) => all.map(({ title }) => title).join(' and ')).join(', or ');
  return isMet ? [] : [{ message: `The request sends no valid credentials, expected ${expected}.`, pointer }];
}

function listAlternatives(
  document: Oas3_1Definition,
  requirements: readonly Record<string, readonly string[]>[],
): Credential[][] {
  return requirements.map((requirement) =>
    Object.keys(requirement).flatMap((name) => {
      const scheme = document.components?.securitySchemes?.[name];
      return scheme === undefined
        ? []
        : [toCredential(resolveReference<Oas3SecurityScheme>(document, scheme))];
    }),
  );
}

function toCredential(scheme: Oas3SecurityScheme): Credential {
  if (scheme.type === 'apiKey') {
    return { in: scheme.in, name: scheme.name, pattern: /./, title: `the ${scheme.in} ${scheme.name}` };
  }
  const word = scheme.type === 'http' ? scheme.scheme : 'Bearer';
  const title = `an Authorization header that begins with "${word[0]?.toUpperCase()}${word.slice(1)} "`;
  return { in: 'header', name: 'Authorization', pattern: new RegExp(`^${word} +[^ ]`, 'i'), title };
}

function sends({ interaction: { request } }: MatchedInteraction, credential: Credential): boolean {
  const { in: place, name, pattern } = credential;
  if (place === 'cookie') {
    return request.headers.cookie?.some((cookie) => cookie.includes(`${name}=`)) === true;
  }
  const key = place === 'header' ? name.toLowerCase() : name;
  const [value] = (place === 'header' ? request.headers : request.query)[key] ?? [];
  const rule = request.rules[place][key];
  const texts = [...(value === undefined ? [] : [value]), ...(rule === undefined ? [] : sampleTexts(rule))];
  return value !== undefined && texts.every((text) => pattern.test(text));
}
