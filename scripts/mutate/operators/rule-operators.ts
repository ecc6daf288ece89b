import { isPlainObject } from '../../spec/is-plain-object.ts';
import type { Edit, JsonObject, Operator } from '../mutant.ts';

type Matcher = { match: string; regex?: string; value?: unknown };
type Rule = { matchers: Matcher[] };

interface PlacedRule {
  /** The keys that lead to it from the message. */
  keys: readonly string[];
  rule: Rule;
}

const looser: Readonly<Record<string, (matcher: Matcher) => Matcher | undefined>> = {
  regex: ({ regex }) => (regex === '^.*$' ? undefined : { match: 'regex', regex: '^.*$' }),
  equality: () => ({ match: 'type' }),
  integer: () => ({ match: 'number' }),
  type: () => ({ match: 'regex', regex: '^.*$' }),
};

/** What is done to the matching rules of a message, by name. */
export const ruleOperators: Readonly<Record<string, Operator<unknown>>> = {
  'drop a matching rule': (node) =>
    listRules(node).map(({ keys }) => ({
      detail: keys.join(' '),
      apply: (copy) => {
        Reflect.deleteProperty(findParent(copy, keys), keys.at(-1) ?? '');
      },
    })),
  'loosen a matching rule': (node) =>
    listRules(node).flatMap(({ keys, rule }) => {
      const [matcher] = rule.matchers;
      const changed = matcher && looser[matcher.match]?.(matcher);
      return changed === undefined ? [] : [replaceMatcher(keys, changed)];
    }),
  'tighten a matching rule': (node) =>
    listRules(node).flatMap(({ keys, rule }) => {
      const isLoose = rule.matchers.some(({ match }) => match !== 'equality' && match !== 'contentType');
      return isLoose ? [replaceMatcher(keys, { match: 'equality' })] : [];
    }),
};

function replaceMatcher(keys: readonly string[], matcher: Matcher): Edit {
  return {
    detail: `${keys.join(' ')} -> ${JSON.stringify(matcher)}`,
    apply: (copy) => {
      const rule = findParent(copy, keys)[keys.at(-1) ?? ''] as Rule;
      rule.matchers = [matcher];
    },
  };
}

function listRules(node: JsonObject): PlacedRule[] {
  return Object.entries((node.matchingRules ?? {}) as Record<string, JsonObject>).flatMap(([part, value]) =>
    Array.isArray(value.matchers)
      ? [{ keys: [part], rule: value as unknown as Rule }]
      : Object.entries(value)
          .filter(([, rule]) => isPlainObject(rule))
          .map(([name, rule]) => ({ keys: [part, name], rule: rule as Rule })),
  );
}

function findParent(node: JsonObject, keys: readonly string[]): JsonObject {
  return keys
    .slice(0, -1)
    .reduce((parent, key) => parent[key] as JsonObject, node.matchingRules as JsonObject);
}
