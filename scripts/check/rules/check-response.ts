import type { Oas3_1Schema, Oas3Header } from '@redocly/openapi-core';
import { findBodyRule } from '../../pact/matching-rules.ts';
import { resolveReference } from '../../spec/resolve-reference.ts';
import type { SchemaNode } from '../../spec/validator.ts';
import { checkExpectation } from './check-expectation.ts';
import type { MatchedInteraction, Remark } from './matched-interaction.ts';

/**
 * Holds what a consumer relies on against what the spec promises: headers and properties that are required, with no
 * value that the consumer's rules would refuse.
 */
export function checkResponse(matched: MatchedInteraction): Remark[] {
  return matched.response === undefined ? [] : [...checkHeaders(matched), ...checkBody(matched)];
}

function checkHeaders(matched: MatchedInteraction): Remark[] {
  const { interaction, document, response } = matched;
  const { headers, rules } = interaction.response;
  const documented = new Map(
    Object.entries(response?.headers ?? {}).map(([name, header]) => [
      name.toLowerCase(),
      resolveReference<Oas3Header<Oas3_1Schema>>(document, header),
    ]),
  );
  return Object.entries(headers)
    .filter(([name]) => name !== 'content-type')
    .flatMap(([name, [value]]) => {
      const header = documented.get(name);
      const pointer = `/response/headers/${name}`;
      if (header?.required !== true) {
        const found = header === undefined ? 'does not document' : 'does not require';
        return [{ message: `Relies on the header ${name}, which the spec ${found}.`, pointer }];
      }
      const schema = (header.schema ?? {}) as SchemaNode;
      return checkExpectation({
        document,
        schemas: [schema],
        value,
        ruleAt: () => rules.header[name],
        keys: [`header ${name}`],
        pointer,
      });
    });
}

function checkBody({ interaction, document, response }: MatchedInteraction): Remark[] {
  const { headers, body, rules } = interaction.response;
  const mediaType = body?.mediaType ?? headers['content-type']?.[0]?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === undefined) {
    return [];
  }
  const media = response?.content?.[mediaType];
  if (media === undefined) {
    const documented = Object.keys(response?.content ?? {}).join(' or ') || 'no body';
    const message = `Relies on a body in ${mediaType}, expected ${documented}.`;
    return [{ message, pointer: '/response' }];
  }
  const schema = (media.schema ?? {}) as SchemaNode;
  return body === undefined || !/[/+]json$/.test(mediaType)
    ? []
    : checkExpectation({
        document,
        schemas: [schema],
        value: body.value,
        ruleAt: (keys) => findBodyRule(rules, keys),
        keys: [],
        pointer: '/response/body',
      });
}
