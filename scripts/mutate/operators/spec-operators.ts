import {
  dropEach,
  type Edit,
  entriesOf,
  type JsonObject,
  type NodeKind,
  type Operator,
  renameEach,
  renameKey,
  setTo,
} from './mutant.ts';

/** What is known of a node when an operator looks at it. */
export interface SpecPlace {
  /** The whole document. */
  document: JsonObject;
}

type Operators = Readonly<Record<string, Operator<SpecPlace>>>;

type Schema = JsonObject & { required?: string[]; enum?: unknown[]; oneOf?: unknown[]; anyOf?: unknown[] };

/** What is done to schemas, by name. */
const schemaOperators: Readonly<Record<string, Operator<unknown>>> = {
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
  'change a format': ({ format }) =>
    format === undefined ? [] : [setTo('format', format === 'uuid' ? 'date' : 'uuid')],
  'drop a pattern': ({ pattern }) => (pattern === undefined ? [] : [setTo('pattern', undefined)]),
  'loosen a pattern': ({ pattern }) => (pattern === undefined ? [] : [setTo('pattern', '^.*$')]),
  'drop a length': ({ minLength }) => (minLength === undefined ? [] : [setTo('minLength', undefined)]),
  'raise a length': ({ minLength }) => (minLength === undefined ? [] : [setTo('minLength', 1000)]),
  'drop an alternative': (node) => [...dropAlternatives(node, 'oneOf'), ...dropAlternatives(node, 'anyOf')],
  'drop what a schema says': ({ $ref }) => ($ref === undefined ? [] : [setTo('$ref', undefined)]),
};

const methods = ['get', 'post', 'put', 'delete', 'patch'];

/** What is done to a spec: by the kind of object, then by the operator's name. */
export const specOperators: Readonly<Partial<Record<NodeKind, Operators>>> = {
  document: { 'rename a path': renameEach('paths', (path) => `${path}/x`) },
  pathItem: {
    'drop an operation': (node) =>
      methods.flatMap((method) => (node[method] === undefined ? [] : [setTo(method, undefined)])),
    'change a method': (node) =>
      methods.flatMap((method) => (node[method] === undefined ? [] : [renameMethod(node, method)])),
  },
  operation: {
    'rename an operation': ({ operationId }) =>
      operationId === undefined ? [] : [setTo('operationId', `${String(operationId)}X`)],
    'drop a status': dropEach('responses'),
    'change a status': renameEach('responses', otherStatus),
    'drop a parameter': dropItems('parameters'),
    'drop a body': ({ requestBody }) => (requestBody === undefined ? [] : [setTo('requestBody', undefined)]),
    'drop security': (node, place) => (securityOf(node, place).length > 0 ? [setTo('security', [])] : []),
    'loosen security': (node, place) =>
      securityOf(node, place).length > 0 ? [setTo('security', [...securityOf(node, place), {}])] : [],
    'demand security': (node, place) => {
      const [scheme] = entriesOf((place.document.components ?? {}) as JsonObject, 'securitySchemes');
      const isOpen = scheme !== undefined && securityOf(node, place).length === 0;
      return isOpen ? [setTo('security', [{ [scheme[0]]: [] }])] : [];
    },
    'leave security out': ({ security }) => (security === undefined ? [] : [setTo('security', undefined)]),
    'change a reference': swapReferences('responses'),
  },
  parameter: {
    'rename a parameter': ({ name }) => (name === undefined ? [] : [setTo('name', `${String(name)}X`)]),
    'move a parameter': ({ in: place }) =>
      place === 'query' || place === 'header' ? [setTo('in', place === 'query' ? 'header' : 'query')] : [],
    'require a parameter': ({ required }) => (required === false ? [setTo('required', true)] : []),
    'stop requiring a parameter': ({ required }) => (required === true ? [setTo('required', false)] : []),
    'drop an example': dropEach('examples'),
  },
  requestBody: {
    'stop requiring a body': ({ required }) => (required === true ? [setTo('required', false)] : []),
    'drop a media type': dropEach('content'),
    'change a media type': renameEach('content', otherMediaType),
  },
  response: {
    'drop a header': dropEach('headers'),
    'rename a header': renameEach('headers'),
    'drop a media type': dropEach('content'),
    'change a media type': renameEach('content', otherMediaType),
  },
  header: {
    'stop requiring a header': ({ required }) => (required === true ? [setTo('required', false)] : []),
    'drop an example': dropEach('examples'),
  },
  mediaType: { 'drop an example': dropEach('examples') },
  schema: { ...schemaOperators, 'change a reference': swapReference },
};

function renameMethod(node: JsonObject, method: string): Edit {
  const other = methods.find((one) => node[one] === undefined) ?? (method === 'get' ? 'post' : 'get');
  return {
    detail: `${method} -> ${other}`,
    apply: (copy) => {
      const renamed = renameKey({ ...copy }, method, other);
      Reflect.deleteProperty(copy, method);
      Object.assign(copy, renamed);
    },
  };
}

function otherStatus(status: string): string {
  return /^\d+$/.test(status) ? String(Number(status) + 3) : '418';
}

function otherMediaType(mediaType: string): string {
  return mediaType === 'text/plain' ? 'application/json' : 'text/plain';
}

function dropItems(property: string): Operator<SpecPlace> {
  return (node) =>
    entriesOf(node, property).map(([index, { name, $ref }]) => ({
      detail: String(name ?? $ref),
      apply: (copy) => {
        (copy[property] as unknown[]).splice(Number(index), 1);
      },
    }));
}

// OpenAPI, "Operation Object": what the document asks for counts, unless the operation asks for its own.
function securityOf({ security }: JsonObject, { document }: SpecPlace): readonly unknown[] {
  const found = security ?? document.security;
  return Array.isArray(found) ? found : [];
}

function swapReferences(property: string): Operator<SpecPlace> {
  return (node, place) =>
    entriesOf(node, property).flatMap(([name, child]) =>
      swapReference(child, place).map(({ detail, apply }) => ({
        detail: `${name}: ${detail}`,
        apply: (copy) => apply((copy[property] as Record<string, JsonObject>)[name] ?? {}),
      })),
    );
}

// The next component of the same kind takes the place of the one that was meant.
function swapReference({ $ref }: JsonObject, { document }: SpecPlace): Edit[] {
  const [, group = '', name = ''] = /^#\/components\/([^/]+)\/(.+)$/.exec(String($ref)) ?? [];
  const names = entriesOf((document.components ?? {}) as JsonObject, group).map(([one]) => one);
  const next = names[(names.indexOf(name) + 1) % names.length];
  return next === undefined || next === name ? [] : [setTo('$ref', `#/components/${group}/${next}`)];
}

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
