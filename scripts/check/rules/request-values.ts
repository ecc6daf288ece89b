import type { Rule } from '../../pact/matching-rules.ts';
import type { SchemaNode } from '../../spec/validator.ts';
import type { MatchedInteraction } from './matched-interaction.ts';
import { bodySchemaOf, explainBody } from './request-body.ts';

/** A value of a request that a rule of the pact is about. */
export interface RequestValue {
  /** As `query parameter t`. */
  title: string;
  /** Below the interaction. */
  pointer: string;
  example: string;
  rule?: Rule;
  /** What the spec says against a value in its place, or `undefined`. */
  explain: (text: string) => string | undefined;
}

/**
 * Lists the texts of a request that the spec documents: parameters in query and header, and the fields of the body.
 */
export function listRequestValues(matched: MatchedInteraction): RequestValue[] {
  return [...listParameterValues(matched), ...listBodyValues(matched)];
}

function listParameterValues({ interaction, parameters, validator }: MatchedInteraction): RequestValue[] {
  const { request } = interaction;
  return parameters.flatMap(({ name, in: place, schema = {} }) => {
    if (place !== 'query' && place !== 'header') {
      return [];
    }
    const key = place === 'header' ? name.toLowerCase() : name;
    const values = (place === 'header' ? request.headers : request.query)[key] ?? [];
    const rule = request.rules[place][key];
    const pointer = `/request/${place === 'header' ? 'headers' : place}/${name}`;
    const single = schema.type === 'array' ? ((schema.items ?? {}) as SchemaNode) : schema;
    return values.map((example) => ({
      title: place === 'header' ? `header ${name}` : `query parameter ${name}`,
      pointer,
      example,
      explain: (text) => validator.explainText(single, text),
      ...(rule === undefined ? {} : { rule }),
    }));
  });
}

function listBodyValues(matched: MatchedInteraction): RequestValue[] {
  const { body, rules } = matched.interaction.request;
  if (body === undefined || bodySchemaOf(matched) === undefined) {
    return [];
  }
  return rules.body.flatMap(({ keys, rule }) => {
    const example = findValue(body.value, keys);
    return typeof example !== 'string' || keys.length === 0
      ? []
      : [
          {
            title: `field ${keys.join('.')}`,
            pointer: '/request/body',
            example,
            rule,
            explain: (text: string) => explainBody(matched, replaceValue(body.value, keys, text)),
          },
        ];
  });
}

function findValue(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], value);
}

function replaceValue(value: unknown, keys: readonly string[], text: string): unknown {
  const copy = structuredClone(value);
  const parent = findValue(copy, keys.slice(0, -1)) as Record<string, unknown>;
  parent[keys.at(-1) ?? ''] = text;
  return copy;
}
