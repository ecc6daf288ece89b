/** One matcher of a rule, as `{ match: 'regex', regex: '^.+$' }`. */
export interface Matcher {
  /** Missing where `min` or `max` stand alone, which is a `type`. */
  match?: string;
  regex?: string;
  value?: unknown;
  min?: number;
  max?: number;
}

/** The matchers of one place. All of them hold, or one of them with `OR`. */
export interface Rule {
  matchers: readonly Matcher[];
  combine: 'AND' | 'OR';
}

/** The rules of a message, by what they are for. Header names are in lower case. */
export interface MatchingRules {
  path?: Rule;
  query: Readonly<Record<string, Rule>>;
  header: Readonly<Record<string, Rule>>;
  /** Each with its path, cut into keys; `*` is any key. */
  body: readonly { keys: readonly string[]; rule: Rule }[];
}

/**
 * Reads matching rules of any version: grouped by part from V3 on, flat paths such as `$.body.token` in V2.
 */
export function readMatchingRules(raw: Readonly<Record<string, unknown>> = {}): MatchingRules {
  const grouped = Object.keys(raw).some((key) => key.startsWith('$')) ? groupFlat(raw) : raw;
  const { path, query = {}, header = {}, body = {} } = grouped as Record<string, Record<string, unknown>>;
  const lowerCase = Object.entries(header).map(([name, rule]) => [name.toLowerCase(), toRule(rule)]);
  return {
    ...(path === undefined ? {} : { path: toRule(path) }),
    query: Object.fromEntries(Object.entries(query).map(([name, rule]) => [name, toRule(rule)])),
    header: Object.fromEntries(lowerCase),
    body: Object.entries(body).map(([expression, rule]) => ({
      keys: splitPath(expression),
      rule: toRule(rule),
    })),
  };
}

/**
 * Finds the rule for a place in a body. A rule holds for all below it, and the nearest one wins.
 *
 * @see https://github.com/pact-foundation/pact-specification/tree/version-3#matchers
 */
export function findBodyRule({ body }: MatchingRules, keys: readonly string[]): Rule | undefined {
  const fitting = body.filter(({ keys: pattern, rule }) => {
    const isOfWhole = rule.matchers.some(({ match }) => match === 'contentType');
    return !isOfWhole && pattern.length <= keys.length && pattern.every((key, at) => fits(key, keys[at]));
  });
  const exactKeys = (pattern: readonly string[]): number => pattern.filter((key) => key !== '*').length;
  const [nearest] = fitting.sort(
    (one, other) => other.keys.length - one.keys.length || exactKeys(other.keys) - exactKeys(one.keys),
  );
  return nearest?.rule;
}

function fits(pattern: string, key: string | undefined): boolean {
  return pattern === '*' || pattern === key;
}

function groupFlat(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const grouped: Record<string, Record<string, unknown>> = {};
  for (const [expression, rule] of Object.entries(flat)) {
    const [part = '', ...keys] = splitPath(expression);
    const name = part === 'headers' ? 'header' : part;
    const key = name === 'body' ? `$${keys.map((one) => `['${one}']`).join('')}` : (keys[0] ?? '');
    grouped[name] = name === 'path' ? (rule as Record<string, unknown>) : { ...grouped[name], [key]: rule };
  }
  return grouped;
}

function toRule(raw: unknown): Rule {
  // Of V3 on `{ combine, matchers }`; in V2 the matcher itself.
  const { matchers, combine } = raw as { matchers?: Matcher[]; combine?: string };
  return { matchers: matchers ?? [raw as Matcher], combine: combine === 'OR' ? 'OR' : 'AND' };
}

function splitPath(expression: string): string[] {
  const parts = expression.matchAll(/\['([^']*)'\]|\["([^"]*)"\]|\[(\d+|\*)\]|\.?([^.[\]$]+)/g);
  return [...parts].map(
    ([, quoted, doubleQuoted, index, name]) => quoted ?? doubleQuoted ?? index ?? name ?? '',
  );
}
