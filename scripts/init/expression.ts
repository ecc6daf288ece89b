import { quote, renderKey } from '../generate/text/literal.ts';

/** An expression of a consumer test, before it is laid out. */
export type Expression =
  | { kind: 'code'; text: string }
  | { kind: 'call'; name: string; arguments: readonly Expression[] }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'object'; entries: readonly (readonly [name: string, value: Expression])[] };

const width = 100;

/**
 * Creates the expression of plain data.
 */
export function toExpression(value: unknown): Expression {
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map(toExpression) };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return { kind: 'object', entries: entries.map(([name, one]) => [name, toExpression(one)] as const) };
  }
  return { kind: 'code', text: typeof value === 'string' ? quote(value) : String(JSON.stringify(value)) };
}

/**
 * Creates a call of a function.
 */
export function callOf(name: string, ...values: readonly Expression[]): Expression {
  return { kind: 'call', name, arguments: values };
}

/**
 * Lists the names of the functions that an expression calls.
 */
export function listCalls(expression: Expression): string[] {
  switch (expression.kind) {
    case 'code':
      return [];
    case 'call':
      return [expression.name, ...expression.arguments.flatMap(listCalls)];
    case 'list':
      return expression.items.flatMap(listCalls);
    case 'object':
      return expression.entries.flatMap(([, value]) => listCalls(value));
  }
}

/**
 * Renders an expression on one line where it fits.
 *
 * @param indent the blanks before the line that it stands in
 * @param before how many characters of that line are taken
 */
export function renderExpression(expression: Expression, indent = '', before = 0): string {
  const line = renderLine(expression);
  return indent.length + before + line.length < width && !line.includes('\n')
    ? line
    : renderBlock(expression, indent);
}

function renderLine(expression: Expression): string {
  switch (expression.kind) {
    case 'code':
      return expression.text;
    case 'call':
      return `${expression.name}(${expression.arguments.map(renderLine).join(', ')})`;
    case 'list':
      return `[${expression.items.map(renderLine).join(', ')}]`;
    case 'object':
      return expression.entries.length === 0
        ? '{}'
        : `{ ${expression.entries.map(renderLineEntry).join(', ')} }`;
  }
}

function renderLineEntry([name, value]: readonly [string, Expression]): string {
  return isShorthand(name, value) ? name : `${renderKey(name)}: ${renderLine(value)}`;
}

function isShorthand(name: string, value: Expression): boolean {
  return value.kind === 'code' && value.text === name;
}

function renderBlock(expression: Expression, indent: string): string {
  const inner = `${indent}  `;
  switch (expression.kind) {
    case 'code':
      return expression.text;
    case 'call': {
      const [only] = expression.arguments;
      // An object or a list as the only argument keeps its brackets beside those of the call.
      return expression.arguments.length === 1 && only !== undefined && only.kind !== 'code'
        ? `${expression.name}(${renderBlock(only, indent)})`
        : `${expression.name}(${expression.arguments.map((one) => renderExpression(one, indent)).join(', ')})`;
    }
    case 'list':
      return expression.items.length === 0
        ? '[]'
        : `[\n${expression.items.map((one) => `${inner}${renderExpression(one, inner)},\n`).join('')}${indent}]`;
    case 'object':
      return expression.entries.length === 0
        ? '{}'
        : `{\n${expression.entries.map((entry) => `${inner}${renderEntry(entry, inner)},\n`).join('')}${indent}}`;
  }
}

function renderEntry([name, value]: readonly [string, Expression], indent: string): string {
  if (isShorthand(name, value)) {
    return name;
  }
  const key = `${renderKey(name)}: `;
  return key + renderExpression(value, indent, key.length);
}
