import type { Oas3_1Definition, Oas3SecurityScheme } from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';
import type { MatchedInteraction, Remark } from './matched-interaction.ts';
import { sampleTexts } from './matchers.ts';

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
  return isMet ? [] : [{ message: `Found no such credentials, expected ${expected}.`, pointer }];
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
