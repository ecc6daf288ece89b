import type { Oas3_1Definition } from '@redocly/openapi-core';
import { quote, renderKey } from '../generate/text/literal.ts';
import { isPlainObject } from '../openapi/document.ts';
import { type Branch, listBranches } from '../openapi/schemas.ts';
import type { SchemaNode } from '../openapi/validator.ts';

/**
 * Creates the expectation of a consumer test for a body: of objects the properties that the schema requires, or all of the
 * example where it requires none, and of each value its kind. What can be `null` is not relied on.
 */
export function toMatcher(document: Oas3_1Definition, schema: SchemaNode, value: unknown): Expression {
  const branches = findBranches(document, schema, value);
  const [branch = {}] = branches;
  if (Array.isArray(value)) {
    return value.length === 0
      ? callOf('like', toExpression([]))
      : callOf('eachLike', toMatcher(document, (branch.items ?? {}) as SchemaNode, value[0]));
  }
  return isPlainObject(value) ? toObjectMatcher(document, branches, value) : toValueMatcher(branch, value);
}

function toObjectMatcher(
  document: Oas3_1Definition,
  branches: readonly Branch[],
  value: Record<string, unknown>,
): Expression {
  const schemaOf = (name: string): SchemaNode =>
    (branches.find(({ properties }) => properties?.[name] !== undefined)?.properties?.[name] ??
      {}) as SchemaNode;
  const usable = Object.keys(value).filter((name) => !isNullable(document, schemaOf(name), value[name]));
  const required = usable.filter(
    (name) => branches.length > 0 && branches.every((one) => one.required?.includes(name) === true),
  );
  const names = required.length > 0 ? required : usable.filter((name) => isDeclared(branches, name));
  return {
    kind: 'object',
    entries: names.map((name) => [name, toMatcher(document, schemaOf(name), value[name])] as const),
  };
}

function isDeclared(branches: readonly Branch[], name: string): boolean {
  return branches.some(({ properties }) => properties?.[name] !== undefined);
}

function isNullable(document: Oas3_1Definition, schema: SchemaNode, value: unknown): boolean {
  const branches = listBranches(document, schema);
  return value === null || branches.some(takesNull);
}

function takesNull({ type, enum: members, const: constant, properties, items }: Branch): boolean {
  if (constant !== undefined || members !== undefined) {
    return constant === null || members?.includes(null) === true;
  }
  return type === undefined
    ? properties === undefined && items === undefined
    : [type].flat().includes('null');
}

function toValueMatcher({ const: constant, enum: members, type }: Branch, value: unknown): Expression {
  const example = toExpression(value);
  if (constant !== undefined || members?.length === 1) {
    return callOf('equal', example);
  }
  if (members !== undefined && typeof value === 'string') {
    const words = members.map((member) => escapeForRegExp(String(member)));
    return callOf('regex', toExpression(`^(${words.join('|')})$`), example);
  }
  switch (typeof value) {
    case 'boolean':
      return callOf('boolean', example);
    case 'number':
      return callOf([type].flat().includes('integer') ? 'integer' : 'number', example);
    case 'string':
      return callOf('string', example);
    default:
      return callOf('like', example);
  }
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/**
 * Lists the alternatives of a schema that a value may be of; the first that has all it requires comes first.
 */
export function findBranches(document: Oas3_1Definition, schema: SchemaNode, value: unknown): Branch[] {
  return listBranches(document, schema).filter((branch) => fits(document, branch, value));
}

function fits(document: Oas3_1Definition, branch: Branch, value: unknown): boolean {
  const { type, const: constant, enum: members, required = [], properties = {} } = branch;
  return (
    (type === undefined || [type].flat().includes(typeName(value)) || isIntegerAsNumber(type, value)) &&
    (constant === undefined || constant === value) &&
    (members === undefined || members.includes(value)) &&
    (!isPlainObject(value) ||
      (required.every((name) => name in value) &&
        Object.entries(value).every(
          ([name, one]) =>
            properties[name] === undefined ||
            findBranches(document, properties[name] as SchemaNode, one).length > 0,
        )))
  );
}

function typeName(value: unknown): 'null' | 'array' | 'integer' | 'object' | 'string' | 'number' | 'boolean' {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value)
    ? 'array'
    : Number.isInteger(value)
      ? 'integer'
      : (typeof value as 'object' | 'string' | 'number' | 'boolean');
}

function isIntegerAsNumber(type: Branch['type'], value: unknown): boolean {
  return typeof value === 'number' && [type].flat().includes('number');
}

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
