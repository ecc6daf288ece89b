import type { SpecVersion } from '@redocly/openapi-core';
import type { Finding } from '../cli/finding.ts';
import { askWhetherMeant, listNearWords } from '../cli/suggestion.ts';
import { describeValue, findByPointer, isOfType, isPlainObject, isReference } from './document.ts';
import { isNodeType, type NodeType, typeOfField, typeOfRoot, typesOf, type ValueType } from './node-types.ts';
import { normaliseSchema, type Tell } from './normalise-schema.ts';
import type { Places } from './places.ts';

type Node = Record<string, unknown>;

/** Default values for missing required fields. */
const fills: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = {
  Root: { info: () => ({}), paths: () => ({}) },
  Info: { title: () => 'Untitled', version: () => '0.0.0' },
  Operation: { responses: () => ({}) },
  RequestBody: { content: () => ({}) },
  Response: { description: () => '' },
  ServerVariable: { default: () => '' },
};

// These objects mean nothing without their required fields.
const carriers: ReadonlySet<string> = new Set([
  'Parameter',
  'SecurityScheme',
  'Discriminator',
  'Server',
  'Tag',
]);

/**
 * Makes a document hold what OpenAPI 3.1 says it holds, in place: fills in what is missing, reads what is of another type
 * as what was meant, and leaves out what can't be read so. Each is a finding of code `spec.invalid` or, for what OpenAPI
 * 3.2 adds, `spec.unsupported`, and a warning.
 *
 * @param version the version of the file
 */
export function normalise(document: object, version: SpecVersion, places: Places): Finding[] {
  const findings: Finding[] = [];
  const tell = (node: object, key: string | undefined, message: string, code: Finding['code']): void => {
    findings.push({ code, severity: 'warning', message, at: places.at(node, key) });
  };
  const normaliser = new Normaliser(version, places, tell);
  normaliser.run(document as Node);
  return findings;
}

class Normaliser {
  readonly #version: SpecVersion;
  readonly #places: Places;
  readonly #say: (node: object, key: string | undefined, message: string, code: Finding['code']) => void;
  readonly #later: Readonly<Record<string, NodeType>>;
  #hasLeftOut = false;

  constructor(
    version: SpecVersion,
    places: Places,
    say: (node: object, key: string | undefined, message: string, code: Finding['code']) => void,
  ) {
    this.#version = version;
    this.#places = places;
    this.#say = say;
    this.#later = version === 'oas3_2' ? typesOf(version) : {};
  }

  run(document: Node): void {
    const type = typeOfRoot('oas3_1');
    this.#object(document, type);
    if (this.#hasLeftOut) {
      this.#leaveOutDangling(document, document, type);
    }
  }

  readonly #tell: Tell = (node, key, message) => this.#say(node, key, message, 'spec.invalid');

  /** Returns whether the object can be used. */
  #object(node: Node, type: NodeType): boolean {
    if (type.name === 'Schema') {
      normaliseSchema(node, this.#tell);
    } else if (type.name === 'Parameter' || type.name === 'Header') {
      this.#adoptSchema(node);
    } else if (type.name === 'Paths') {
      this.#correctPaths(node);
    } else if (type.name === 'Example' && this.#version === 'oas3_2' && 'dataValue' in node) {
      node.value ??= node.dataValue;
    }
    this.#fill(node, type);
    for (const [key, value] of Object.entries(node)) {
      if (!(key === '$ref' && isReference(node))) {
        this.#field(node, key, value, type);
      }
    }
    return this.#isUsable(node, type);
  }

  #fill(node: Node, type: NodeType): void {
    if (isReference(node)) {
      return;
    }
    const isOld = this.#version === 'oas2' || this.#version === 'oas3_0';
    const needed = type.name === 'Root' && node.paths === undefined && !isOld ? ['paths'] : [];
    const listed = typeof type.required === 'function' ? type.required(node, undefined) : type.required;
    for (const key of new Set([...(listed ?? []), ...needed])) {
      if (node[key] !== undefined && node[key] !== null) continue;
      const fill = fills[type.name]?.[key];
      const isOptional =
        (needed.includes(key) && (node.webhooks ?? node.components) !== undefined) ||
        (this.#version === 'oas3_2' && type.name === 'Response');
      if (fill !== undefined) {
        const value = fill();
        node[key] = typeof value === 'object' ? this.#places.derive(value as object, node) : value;
      }
      if (!isOptional && !carriers.has(type.name)) {
        this.#tell(node, undefined, `Found no "${key}", expected one.`);
      }
    }
  }

  #isUsable(node: Node, type: NodeType): boolean {
    if (!carriers.has(type.name) || isReference(node)) {
      return true;
    }
    const listed = typeof type.required === 'function' ? type.required(node, undefined) : type.required;
    const missing = (listed ?? []).filter((key) => node[key] === undefined);
    if (missing.length === 0) {
      return true;
    }
    const names = missing.map((key) => `"${key}"`).join(' and ');
    this.#tell(node, undefined, `Found no ${names}, expected one. The ${describeType(type)} is left out.`);
    return false;
  }

  #field(node: Node, key: string, value: unknown, type: NodeType): void {
    const inner = typeOfField(type, key, value);
    if (typeof value === 'object' && value !== null) {
      // What was made of other parts stands where they do.
      this.#places.derive(value, node);
    }
    if (inner === null || (inner === undefined && key.startsWith('x-'))) {
      return;
    }
    if (inner === undefined) {
      this.#refuseField(node, key, type);
    } else if (isNodeType(inner)) {
      this.#node(node, key, value, inner, type);
    } else {
      this.#value(node, key, value, inner);
    }
  }

  #refuseField(node: Node, key: string, type: NodeType): void {
    const later = this.#later[type.name];
    if (key === '$ref') {
      this.#leaveOut(node, key, 'a text');
      return;
    }
    if (later !== undefined && typeOfField(later, key, node[key]) !== undefined) {
      const message = `Found "${key}", which is new in OpenAPI 3.2. It is ignored: the document is read as 3.1.`;
      this.#say(node, key, message, 'spec.unsupported');
      return;
    }
    if (type.name === 'Responses') {
      this.#leaveOut(node, key, 'a status such as 200 or 4XX, or "default"', `the status ${key}`);
      return;
    }
    const question = askWhetherMeant(listNearWords(key, Object.keys(type.properties)));
    this.#tell(node, key, `Found "${key}", which OpenAPI does not have here. It is ignored.${question}`);
  }

  /** Checks a field that holds an object or a list of OpenAPI. */
  #node(parent: Node, key: string, value: unknown, type: NodeType, around: NodeType): void {
    const isInMap = around.items !== undefined || Object.keys(around.properties).length === 0;
    if (value === null && isInMap && type.items === undefined) {
      // `application/json:` with nothing behind it is one that says nothing.
      parent[key] = this.#places.derive({}, parent);
    } else if (type.items !== undefined && isPlainObject(value) && !isReference(value)) {
      this.#tell(parent, key, `Found an object at "${key}", expected a list. It is read as a list of one.`);
      parent[key] = this.#places.derive([value], value);
    } else if (type.name === 'Discriminator' && typeof value === 'string') {
      const message = `Found a text at "${key}", expected an object. It is read as its "propertyName".`;
      this.#tell(parent, key, message);
      parent[key] = this.#places.derive({ propertyName: value }, parent);
    }
    const read = parent[key];
    if (type.items !== undefined && Array.isArray(read)) {
      this.#list(read, type);
    } else if (type.items === undefined && isPlainObject(read)) {
      if (!this.#object(read, type)) {
        this.#drop(parent, key);
      }
    } else if (!(type.name === 'Schema' && typeof read === 'boolean')) {
      this.#leaveOut(parent, key, type.items === undefined ? 'an object' : 'a list');
    }
  }

  #list(list: unknown[], type: NodeType): void {
    const node = list as unknown as Node;
    // From the end, so that what is left out moves nothing that is still to come.
    for (let index = list.length - 1; index >= 0; index -= 1) {
      this.#field(node, String(index), list[index], type);
    }
  }

  /** Checks a field that holds a text, a number or the like. */
  #value(node: Node, key: string, value: unknown, type: ValueType): void {
    if (type.isExample || (type.type === undefined && type.enum === undefined)) {
      return;
    }
    if (fits(value, type)) {
      this.#items(node, key, value, type);
      return;
    }
    const read = key === '$ref' ? undefined : coerce(value, type);
    if (read === undefined) {
      this.#leaveOut(node, key, describeValueType(type));
      return;
    }
    this.#tell(
      node,
      key,
      `Found ${describeValue(value)} at "${key}", expected ${describeValueType(type)}. It is read as ${JSON.stringify(read)}.`,
    );
    node[key] = read;
  }

  #items(node: Node, key: string, value: unknown, { items }: ValueType): void {
    if (!Array.isArray(value) || items === undefined || (items.type ?? items.enum) === undefined) {
      return;
    }
    const list = value as unknown as Node;
    for (let index = value.length - 1; index >= 0; index -= 1) {
      this.#value(list, String(index), value[index], items);
    }
    const distinct = [...new Set(value)];
    if (distinct.length < value.length) {
      node[key] = this.#places.derive(distinct, value);
    }
  }

  #leaveOut(node: Node, key: string, expected: string, found = describeValue(node[key])): void {
    const place = Array.isArray(node) ? `number ${Number(key) + 1} of a list` : `"${key}"`;
    this.#tell(node, key, `Found ${found} at ${place}, expected ${expected}. It is left out.`);
    this.#drop(node, key);
  }

  #drop(node: Node, key: string): void {
    this.#hasLeftOut = true;
    if (Array.isArray(node)) {
      node.splice(Number(key), 1);
    } else {
      delete node[key];
    }
  }

  // As in Swagger 2.0, where a parameter is its own schema.
  #adoptSchema(node: Node): void {
    const keywords = ['type', 'format', 'enum', 'items', 'default', 'minimum', 'maximum', 'pattern'];
    const own = keywords.filter((keyword) => keyword in node);
    if (!own.includes('type') || 'schema' in node || 'content' in node || isReference(node)) {
      return;
    }
    this.#tell(
      node,
      'type',
      'Found "type" outside of a schema, expected it in "schema". It is read as that.',
    );
    const schema = Object.fromEntries(own.map((keyword) => [keyword, node[keyword]]));
    node.schema = this.#places.derive(schema, node);
    for (const keyword of own) {
      delete node[keyword];
    }
  }

  #correctPaths(paths: Node): void {
    for (const key of Object.keys(paths)) {
      if (key.startsWith('/') || key.startsWith('x-')) continue;
      const path = `/${key}`;
      if (key.includes('://') || path in paths) {
        this.#leaveOut(paths, key, 'a path that begins with /', `the path ${key}`);
        continue;
      }
      this.#tell(
        paths,
        key,
        `Found the path ${key}, expected one that begins with /. It is read as ${path}.`,
      );
      paths[path] = paths[key];
      delete paths[key];
    }
  }

  // What refers to something that was left out is left out with it.
  #leaveOutDangling(node: Node, document: Node, type: NodeType): void {
    for (const [key, value] of Object.entries(node).reverse()) {
      const inner = typeOfField(type, key, value);
      if (!isNodeType(inner) || typeof value !== 'object' || value === null) continue;
      if (isReference(value) && findByPointer(document as never, value.$ref) === undefined) {
        const isInMap = Object.keys(type.properties).length === 0 && type.items === undefined;
        if (isInMap && inner.name === 'Schema') {
          node[key] = this.#places.derive({}, value);
        } else {
          this.#drop(node, key);
        }
      } else {
        this.#leaveOutDangling(value as Node, document, inner);
      }
    }
  }
}

function fits(value: unknown, { type, enum: members }: ValueType): boolean {
  if (members !== undefined) {
    return members.includes(value as string);
  }
  return isOfType(String(type), value);
}

/** Reads a value as what was meant, or as `undefined`. */
function coerce(value: unknown, type: ValueType): unknown {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (type.type === 'array') {
    const item = type.items;
    return item !== undefined && (item.type ?? item.enum) !== undefined && fits(value, item)
      ? [value]
      : undefined;
  }
  if (typeof text !== 'string') {
    return undefined;
  }
  if (type.enum !== undefined) {
    return type.enum.find((member) => member.toLowerCase() === text.toLowerCase());
  }
  switch (type.type) {
    case 'string':
      return text;
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'integer':
    case 'number':
      return text.trim() !== '' && fits(Number(text), type) && Number.isFinite(Number(text))
        ? Number(text)
        : undefined;
    default:
      return undefined;
  }
}

function describeValueType({ type, enum: members }: ValueType): string {
  const names: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    integer: 'an integer',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  };
  return members === undefined ? (names[type ?? ''] ?? String(type)) : `one of ${members.join(', ')}`;
}

function describeType({ name }: NodeType): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
