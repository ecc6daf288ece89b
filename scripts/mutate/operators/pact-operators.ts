import { isFormType } from '../../http/media-types.ts';
import { isPlainObject } from '../../openapi/document.ts';
import {
  dropEach,
  type Edit,
  entriesOf,
  type JsonObject,
  type Operator,
  renameEach,
  setTo,
} from './mutant.ts';

/** What is known of an interaction when an operator looks at it. */
export interface PactPlace {
  /** All provider states of the pact. */
  states: readonly string[];
}

/** What is done to an interaction, by name. */
export const interactionOperators: Readonly<Record<string, Operator<PactPlace>>> = {
  'drop a provider state': (node) => (statesOf(node).length === 0 ? [] : [setTo('providerStates', [])]),
  'rename a provider state': (node) =>
    statesOf(node).length === 0
      ? []
      : [
          setTo(
            'providerStates',
            statesOf(node).map(({ name }) => ({ name: `${name} now` })),
          ),
        ],
  'change a provider state': (node, { states }) => {
    const [current] = statesOf(node);
    const other = states[(states.indexOf(current?.name ?? '') + 1) % states.length];
    return other === undefined || other === current?.name ? [] : [setTo('providerStates', [{ name: other }])];
  },
};

/** Lists the provider states of an interaction, which may have none. */
export function statesOf({ providerStates = [] }: JsonObject): readonly { name: string }[] {
  return providerStates as { name: string }[];
}

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
const ruleOperators: Readonly<Record<string, Operator<unknown>>> = {
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

/** What is done to a request or a response, by name. */
export const messageOperators: Readonly<Record<string, Operator<PactPlace>>> = {
  'change a method': ({ method }) =>
    method === undefined ? [] : [setTo('method', method === 'GET' ? 'POST' : 'GET')],
  'change a path': ({ path }) => (path === undefined ? [] : [setTo('path', `${String(path)}/x`)]),
  'change a status': ({ status }) => (status === undefined ? [] : [setTo('status', Number(status) + 3)]),
  'drop a header': dropEach('headers'),
  'rename a header': renameEach('headers'),
  'change a header': (node) => changeEach(node, 'headers', ['x']),
  'drop a query parameter': dropEach('query'),
  'rename a query parameter': renameEach('query'),
  'change a query parameter': (node) => changeEach(node, 'query', ['']),
  'drop a field': (node) => editBody(node, dropEach('content')),
  'rename a field': (node) => editBody(node, renameEach('content')),
  "change a value's type": (node) =>
    editBody(node, (body) =>
      entriesOf(body, 'content').map(([name, value]) => ({
        detail: name,
        apply: (copy) => {
          (copy.content as JsonObject)[name] = otherType(value);
        },
      })),
    ),
  ...ruleOperators,
};

function changeEach(node: JsonObject, property: string, value: unknown): Edit[] {
  return entriesOf(node, property).map(([name]) => ({
    detail: `${name} = ${JSON.stringify(value)}`,
    apply: (copy) => {
      (copy[property] as JsonObject)[name] = value;
    },
  }));
}

// A form is one text in the pact: its fields are edited as those of an object, and written back. For a list, the first
// item is edited.
function editBody({ body }: JsonObject, operator: Operator<undefined>): Edit[] {
  const { content, contentType } = isPlainObject(body) ? body : {};
  const isForm = typeof content === 'string' && isFormType(String(contentType));
  const [first, ...others] = Array.isArray(content) ? content : [content];
  const opened = { content: isForm ? Object.fromEntries(new URLSearchParams(content)) : first };
  if (!isPlainObject(opened.content)) {
    return [];
  }
  return operator(opened, undefined).map(({ detail, apply }) => ({
    detail,
    apply: (copy) => {
      const changed = structuredClone(opened);
      apply(changed);
      const fields = changed.content as Record<string, string>;
      const item = isForm ? new URLSearchParams(fields).toString() : fields;
      (copy.body as JsonObject).content = Array.isArray(content) ? [item, ...others] : item;
    },
  }));
}

function otherType(value: unknown): unknown {
  return typeof value === 'string' ? 7 : 'seven';
}

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
