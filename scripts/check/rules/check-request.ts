import type { MatchedInteraction, Remark } from './matched-interaction.ts';
import { sampleTexts } from './matchers.ts';
import { explainBody, readRequestBody } from './request-body.ts';
import { listRequestValues } from './request-values.ts';

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
 * Holds a request against the spec, also where a refusal is expected: its names are documented, what is required is
 * there, and every value that its rules allow is valid.
 */
export function checkRequest(matched: MatchedInteraction): Remark[] {
  const undocumented = findUndocumented(matched);
  const invalid = [...findMissing(matched), ...findInvalid(matched)];
  if (matched.isRequestInvalid === 'maybe') {
    return undocumented;
  }
  if (matched.isRequestInvalid === 'yes') {
    const message = 'Found a valid request, expected an invalid one: the spec gives this answer to no other.';
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
    message: `Found no ${what}, which is required.`,
    pointer: '/request',
  }));
}

function findInvalid(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  const content = readRequestBody(matched)?.content;
  const values = listRequestValues(matched).flatMap(({ title, pointer, example, explain }) => {
    const reason = explain(example);
    return reason === undefined ? [] : [{ message: `Found the ${title} "${example}": ${reason}.`, pointer }];
  });
  if (body === undefined || content === undefined) {
    return values;
  }
  const pointer = '/request/body';
  if (content[body.mediaType] === undefined) {
    const expected = Object.keys(content).join(' or ');
    return [{ message: `Found a body in ${body.mediaType}, expected ${expected}.`, pointer }];
  }
  const reason = explainBody(matched, body.value);
  return reason === undefined
    ? values
    : [{ message: `Found a body that breaks its schema: ${reason}.`, pointer }];
}

function checkSamples(matched: MatchedInteraction): Remark[] {
  return listRequestValues(matched).flatMap(({ title, pointer, rule, explain }) => {
    const texts = rule === undefined ? [] : sampleTexts(rule);
    const refused = texts.find((text) => explain(text) !== undefined);
    return refused === undefined
      ? []
      : [
          {
            message: `The rule of the ${title} allows ${JSON.stringify(refused)}, which the spec refuses: ${explain(refused)}.`,
            pointer,
          },
        ];
  });
}
