import { type JsonValue, query } from 'jsonpath-rfc9535';
import { isPlainObject, unescapePart } from '../../openapi/document.ts';
import { type Criterion, NotRunnable } from './document.ts';

type Values = Readonly<Record<string, unknown>>;

/** A request that was sent and its response, as expressions read them. Names of headers are in lower case. */
export interface Exchange {
  url: string;
  method: string;
  statusCode: number;
  request: { header: Values; query: Values; path: Values; body: unknown };
  response: { header: Values; body: unknown };
}

/** What expressions can name at some point of a workflow. */
export interface Scope {
  inputs: Values;
  steps: Readonly<Record<string, { outputs: Values }>>;
  exchange?: Exchange;
}

/**
 * Finds the value of a runtime expression, such as `$response.body#/id`.
 *
 * @returns `undefined` where there is none
 * @throws {NotRunnable} for an expression that is not supported here
 * @see https://spec.openapis.org/arazzo/v1.0.1.html#runtime-expressions
 */
export function resolveExpression(expression: string, { exchange, ...scope }: Scope): unknown {
  const [path = '', pointer] = expression.split(/#(.*)/s);
  const [root = '', ...keys] = path
    .slice(1)
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.');
  const known: Values = { ...scope, ...exchange };
  if (!['inputs', 'steps', 'url', 'method', 'statusCode', 'request', 'response'].includes(root)) {
    throw new NotRunnable(`Found the expression ${expression}, which is not supported here`);
  }
  if (root === 'steps' && !Object.hasOwn(scope.steps, keys[0] ?? '')) {
    throw new NotRunnable(`Found ${expression}, which names no earlier step`);
  }
  const isHeader = keys[0] === 'header';
  const value = walk(known[root], isHeader ? keys.map((key) => key.toLowerCase()) : keys);
  return pointer ? walk(value, pointer.slice(1).split('/').map(unescapePart)) : value;
}

function walk(start: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Values)[key]
        : undefined,
    start,
  );
}

/**
 * Puts values in the place of expressions, whole ones and those in braces inside a text. What has no value is left out.
 */
export function fillIn(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => fillIn(item, scope));
  }
  if (isPlainObject(value)) {
    const filled = Object.entries(value).map(([key, item]) => [key, fillIn(item, scope)] as const);
    return Object.fromEntries(filled.filter(([, item]) => item !== undefined));
  }
  if (typeof value !== 'string') {
    return value;
  }
  if (/^\$[a-z]/i.test(value)) {
    return resolveExpression(value, scope);
  }
  const embedded = [...value.matchAll(/\{(\$[^}]+)\}/g)].map(([, one = '']) => resolveExpression(one, scope));
  return embedded.includes(undefined)
    ? undefined
    : value.replaceAll(/\{\$[^}]+\}/g, () => toText(embedded.shift()));
}

function toText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Tells whether a criterion is met.
 *
 * @throws {NotRunnable} for one that is malformed
 */
export function isMet({ condition, context, type = 'simple' }: Criterion, scope: Scope): boolean {
  const kind = typeof type === 'string' ? type : type.type;
  if (kind === 'simple') {
    return new Condition(condition, scope).test();
  }
  if (context === undefined) {
    throw new NotRunnable(`Found the ${kind} criterion ${condition} without a context`);
  }
  const value = resolveExpression(context, scope);
  try {
    return kind === 'regex'
      ? value !== undefined && new RegExp(condition).test(toText(value))
      : query((value ?? null) as JsonValue, condition).length > 0;
  } catch (cause) {
    throw new NotRunnable(`Found the ${kind} ${condition}, which is malformed`, { cause });
  }
}

const token =
  /\s*(?:(?<expression>\$[^\s()&|<>=!]+)|(?<text>'(?:[^']|'')*')|(?<literal>-?\d+(?:\.\d+)?|true|false|null)(?![\w.])|(?<sign>&&|\|\||[<>=!]=|[<>!()]))\s*/y;

type Comparison = (one: unknown, other: unknown) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  '==': (one, other) => fold(one) === fold(other),
  '!=': (one, other) => fold(one) !== fold(other),
  '<': compareOrder((one, other) => one < other),
  '<=': compareOrder((one, other) => one <= other),
  '>': compareOrder((one, other) => one > other),
  '>=': compareOrder((one, other) => one >= other),
};

// Arazzo compares texts without regard to case.
function fold(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function compareOrder(compare: (one: number, other: number) => boolean): Comparison {
  return (one, other) => typeof one === 'number' && typeof other === 'number' && compare(one, other);
}

/** A simple condition: comparisons of expressions and literals, with `&&`, `||`, `!` and parentheses. */
class Condition {
  readonly #text: string;
  readonly #scope: Scope;
  readonly #tokens: { sign?: string | undefined; value: unknown }[];

  constructor(text: string, scope: Scope) {
    this.#text = text;
    this.#scope = scope;
    this.#tokens = this.#split();
  }

  test(): boolean {
    const isTrue = this.#either();
    return this.#tokens.length > 0 ? this.#refuse() : isTrue;
  }

  #split(): { sign?: string | undefined; value: unknown }[] {
    const found: { sign?: string | undefined; value: unknown }[] = [];
    token.lastIndex = 0;
    for (let end = 0; end < this.#text.length; end = token.lastIndex) {
      const { sign, expression, text, literal } = token.exec(this.#text)?.groups ?? this.#refuse();
      const quoted = text?.slice(1, -1).replaceAll("''", "'");
      const value =
        expression === undefined
          ? (quoted ?? (literal === undefined ? undefined : JSON.parse(literal)))
          : resolveExpression(expression, this.#scope);
      found.push({ sign, value });
    }
    return found;
  }

  #either(): boolean {
    let isTrue = this.#both();
    while (this.#takes('||')) {
      isTrue = this.#both() || isTrue;
    }
    return isTrue;
  }

  #both(): boolean {
    let isTrue = this.#one();
    while (this.#takes('&&')) {
      isTrue = this.#one() && isTrue;
    }
    return isTrue;
  }

  #one(): boolean {
    if (this.#takes('!')) {
      return !this.#one();
    }
    if (this.#takes('(')) {
      const isTrue = this.#either();
      return this.#takes(')') ? isTrue : this.#refuse();
    }
    const left = this.#operand();
    const compare = comparisons[this.#tokens[0]?.sign ?? ''];
    if (compare === undefined) {
      return left === true;
    }
    this.#tokens.shift();
    return compare(left, this.#operand());
  }

  #operand(): unknown {
    const [first] = this.#tokens;
    if (first === undefined || first.sign !== undefined) {
      return this.#refuse();
    }
    this.#tokens.shift();
    return first.value;
  }

  #takes(sign: string): boolean {
    const isNext = this.#tokens[0]?.sign === sign;
    if (isNext) {
      this.#tokens.shift();
    }
    return isNext;
  }

  #refuse(): never {
    throw new NotRunnable(`Found the condition ${this.#text}, which is malformed or not supported here`);
  }
}
