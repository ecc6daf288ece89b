import { readFileSync } from 'node:fs';
import type { Json } from './mutate-pact.ts';

interface Message {
  headers?: Record<string, string[]>;
  query?: Record<string, string[]>;
  body?: { content: Json };
  matchingRules?: Record<string, Record<string, unknown>>;
}

interface Interaction {
  providerStates: { name: string }[];
  request: Message;
  response: Message;
}

/**
 * The first interactions of the committed pact, as each version of Pact writes them.
 */
export function readPactOfVersion(version: 2 | 3 | 4): Json {
  const text = readFileSync('contracts/pacts/nexudus-portal-nexudus-api.json', 'utf8');
  const pact = JSON.parse(text) as { interactions: Interaction[] };
  const interactions = pact.interactions.slice(0, 6).map((interaction) => convert(interaction, version));
  const metadata = { pactSpecification: { version: version === 4 ? '4.0' : `${version}.0.0` } };
  // Undefined is dropped.
  return JSON.parse(JSON.stringify({ ...pact, interactions, metadata }));
}

function convert(interaction: Interaction, version: 2 | 3 | 4): object {
  if (version === 4) {
    return interaction;
  }
  const toMessage = ({ headers, query, body, matchingRules, ...message }: Message): object => ({
    ...message,
    headers:
      headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.join()])),
    query: version === 2 ? query && toText(query) : query,
    body: body?.content,
    matchingRules: version === 2 ? flatten(matchingRules) : matchingRules,
  });
  const { providerStates, request, response } = interaction;
  const states = version === 2 ? { providerState: providerStates[0]?.name } : { providerStates };
  const { type: _, pending: __, ...rest } = interaction as Interaction & { type: string; pending: boolean };
  return {
    ...rest,
    providerStates: undefined,
    ...states,
    request: toMessage(request),
    response: toMessage(response),
  };
}

function toText(query: Record<string, string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value]));
  return new URLSearchParams(pairs).toString();
}

// `{ header: { Location: { matchers: [matcher] } } }` is `{ '$.headers.Location': matcher }` in version 2.
function flatten(rules: Message['matchingRules'] = {}): Record<string, unknown> {
  const matcherOf = (rule: unknown): unknown => (rule as { matchers: unknown[] }).matchers[0];
  return Object.fromEntries(
    Object.entries(rules).flatMap(([part, ofPart]) =>
      part === 'path'
        ? [['$.path', matcherOf(ofPart)]]
        : Object.entries(ofPart).map(([name, rule]) => {
            const place =
              part === 'body'
                ? `$.body${name.slice(1)}`
                : `$.${part === 'header' ? 'headers' : part}.${name}`;
            return [place, matcherOf(rule)];
          }),
    ),
  );
}
