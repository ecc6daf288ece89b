import { type Edit, entriesOf, type JsonObject, type Operator, renameKey, setTo } from '../mutant.ts';

type Schema = JsonObject & { required?: string[]; enum?: unknown[]; oneOf?: unknown[]; anyOf?: unknown[] };

/** What is done to schemas, by name. */
export const schemaOperators: Readonly<Record<string, Operator<unknown>>> = {
  'require a property': (node) =>
    entriesOf(node, 'properties')
      .filter(([name]) => !requiredOf(node).includes(name))
      .map(([name]) => editRequired(name, (required) => [...required, name])),
  'stop requiring a property': (node) =>
    requiredOf(node).map((name) => editRequired(name, (required) => required.filter((one) => one !== name))),
  'remove a property': (node) =>
    entriesOf(node, 'properties').map(([name]) => ({
      detail: name,
      apply: (copy) => {
        Reflect.deleteProperty(copy.properties as JsonObject, name);
        copy.required = requiredOf(copy).filter((one) => one !== name);
      },
    })),
  'rename a property': (node) =>
    entriesOf(node, 'properties').map(([name]) => ({
      detail: `${name} -> ${name}X`,
      apply: (copy) => {
        copy.properties = renameKey(copy.properties as JsonObject, name, `${name}X`);
        copy.required = requiredOf(copy).map((one) => (one === name ? `${name}X` : one));
      },
    })),
  'change a type': ({ type }) =>
    typeof type === 'string' ? [setTo('type', type === 'string' ? 'integer' : 'string')] : [],
  'allow null': ({ type, const: constant, enum: members }) =>
    typeof type === 'string' && type !== 'null' && constant === undefined && members === undefined
      ? [setTo('type', [type, 'null'])]
      : [],
  'forbid null': ({ type }) =>
    Array.isArray(type) && type.includes('null')
      ? [
          setTo(
            'type',
            type.find((one) => one !== 'null'),
          ),
        ]
      : [],
  'change a constant': ({ const: constant }) =>
    constant === undefined ? [] : [setTo('const', otherValue(constant))],
  'drop a constant': ({ const: constant }) => (constant === undefined ? [] : [setTo('const', undefined)]),
  'drop an enum member': (node) =>
    editMembers(node, (members, at) => members.filter((_, index) => index !== at)),
  'rename an enum member': (node) =>
    editMembers(node, (members, at) => members.map((one, index) => (index === at ? `${String(one)}X` : one))),
  'drop a format': ({ format }) => (format === undefined ? [] : [setTo('format', undefined)]),
  'change a format': ({ format }) => (format === undefined ? [] : [setTo('format', 'uuid')]),
  'drop a pattern': ({ pattern }) => (pattern === undefined ? [] : [setTo('pattern', undefined)]),
  'loosen a pattern': ({ pattern }) => (pattern === undefined ? [] : [setTo('pattern', '^.*$')]),
  'drop a length': ({ minLength }) => (minLength === undefined ? [] : [setTo('minLength', undefined)]),
  'raise a length': ({ minLength }) => (minLength === undefined ? [] : [setTo('minLength', 1000)]),
  'drop an alternative': (node) => [...dropAlternatives(node, 'oneOf'), ...dropAlternatives(node, 'anyOf')],
  'drop what a schema says': ({ $ref }) => ($ref === undefined ? [] : [setTo('$ref', undefined)]),
};

function requiredOf(node: Schema): string[] {
  return node.required ?? [];
}

function editRequired(name: string, change: (required: string[]) => string[]): Edit {
  return {
    detail: name,
    apply: (copy) => {
      copy.required = change(requiredOf(copy));
    },
  };
}

function editMembers(node: Schema, change: (members: unknown[], at: number) => unknown[]): Edit[] {
  const members = node.enum ?? [];
  return members.map((member, at) => ({
    detail: String(member),
    apply: (copy) => {
      copy.enum = change(members, at);
    },
  }));
}

function dropAlternatives(node: Schema, keyword: 'oneOf' | 'anyOf'): Edit[] {
  const alternatives = node[keyword] ?? [];
  return alternatives.map((_, at) => ({
    detail: `${keyword}[${at}]`,
    apply: (copy) => {
      copy[keyword] = alternatives.filter((_, index) => index !== at);
    },
  }));
}

function otherValue(constant: unknown): unknown {
  switch (typeof constant) {
    case 'boolean':
      return !constant;
    case 'number':
      return constant + 1;
    default:
      return `${String(constant)}X`;
  }
}
