import { basename, extname } from 'node:path';
import { type Document, isMappingRef, type SpecVersion, YamlParseError } from '@redocly/openapi-core';
import { type Finding, formatPath, isUrl } from '../cli/finding.ts';
import { escapeKey, isPlainObject, isReference, unescapePart } from './document.ts';
import { isNodeType, type NodeType, typeOfField, typeOfRoot } from './node-types.ts';
import type { SpecResolver } from './resolver.ts';

type Node = Record<string, unknown>;

/** A `$ref` that was met. */
interface Reference {
  node: Node & { $ref: string };
  /** `undefined`: what it stands for is a text or another value. */
  type: NodeType | undefined;
  parent: Node;
  key: string;
  /** How many times what it is part of has been put in for a reference. */
  depth: number;
}

interface Target {
  document: Document;
  /** Keys from the root of its file. */
  keys: readonly string[];
  value: unknown;
}

// The target of a reference may hold another one. Past this many, they are endless.
const maxDepth = 30;
// A few nested references can expand to billions of objects.
const maxCopies = 500_000;

const kindsOf3: Readonly<Record<string, string>> = {
  Schema: 'schemas',
  Parameter: 'parameters',
  Response: 'responses',
  Example: 'examples',
  RequestBody: 'requestBodies',
  Header: 'headers',
  SecurityScheme: 'securitySchemes',
  Link: 'links',
  Callback: 'callbacks',
};
const kindsOf2: Readonly<Record<string, string>> = {
  Schema: 'definitions',
  Parameter: 'parameters',
  Response: 'responses',
};

/**
 * Brings the files that a document refers to into it, in place. What can be a component becomes one, under the last part
 * of its name; all else is put in for its reference. A `$ref` in an example, in another value or in an extension is data,
 * and stays as it is.
 */
export class Bundle {
  readonly #root: Document;
  readonly #resolver: SpecResolver;
  readonly #type: NodeType;
  readonly #version: SpecVersion;
  /** The names of the components by the place that they come from. */
  readonly #names = new Map<string, string>();
  /** References that were rewritten, wherever they were written: they start at the root. */
  readonly #internal = new WeakSet<object>();
  #copies = 0;
  #references: Reference[] = [];
  #met = new Map<string, Set<object>>();
  #findings = new Map<string, Finding>();

  constructor(root: Document, resolver: SpecResolver, version: SpecVersion) {
    this.#root = root;
    this.#resolver = resolver;
    this.#version = version;
    this.#type = typeOfRoot(version);
  }

  /**
   * Follows all references. Those that lead nowhere, or in a circle, stay, and come back as findings of code
   * `spec.unreadable`. It can be called again, once the document has changed.
   */
  async run(): Promise<Finding[]> {
    this.#references = [];
    this.#met = new Map();
    this.#findings = new Map();
    this.#collect(this.#root.parsed, this.#type, { parent: {}, key: '', depth: 0 });
    // Components of the document itself keep their names.
    this.#references.sort((one, other) => Number(this.#isNamed(other)) - Number(this.#isNamed(one)));
    for (const reference of this.#references) {
      await this.#follow(reference);
      if (this.#copies > maxCopies) {
        return [...this.#findings.values()];
      }
    }
    for (const reference of this.#references) {
      this.#findCircle(reference);
    }
    return [...this.#findings.values()];
  }

  #collect(node: unknown, type: NodeType, at: Omit<Reference, 'node' | 'type'>): void {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const met = this.#met.get(type.name) ?? new Set();
    this.#met.set(type.name, met.add(node));
    if (isReference(node)) {
      this.#references.push({ node, type, ...at });
    }
    const parent = node as Node;
    for (const [key, value] of Object.entries(node)) {
      const inner = typeOfField(type, key, value);
      if (type.name === 'DiscriminatorMapping') {
        this.#collectMapping(parent, key, value);
      } else if (isNodeType(inner)) {
        this.#collect(value, inner, { ...at, parent, key });
      } else if (inner && inner.resolvable !== false && !inner.isExample && isReference(value)) {
        this.#references.push({ node: value, type: undefined, ...at, parent, key });
      }
    }
  }

  // A mapping names a schema, or refers to one without a $ref.
  #collectMapping(parent: Node, key: string, value: unknown): void {
    if (typeof value !== 'string' || !isMappingRef(value) || (value.startsWith('#') && this.#isOwn(parent))) {
      return;
    }
    const node = this.#resolver.places.derive({ $ref: value }, parent);
    // Only a document of OpenAPI 3 has a mapping.
    const { schemas } = (this.#type.properties.components as NodeType).properties;
    const type = typeOfField(schemas as NodeType, key, {}) as NodeType;
    this.#references.push({ node, type, parent, key, depth: -1 });
  }

  async #follow(reference: Reference): Promise<void> {
    try {
      const target = await this.#find(reference.node);
      if (target.value === undefined) {
        this.#refuse(reference);
      } else {
        this.#resolve(reference, target);
      }
    } catch (error) {
      this.#refuse(reference, error);
    }
  }

  #resolve(reference: Reference, target: Target): void {
    const kind = reference.type && this.#kinds[reference.type.name];
    if (kind === undefined) {
      this.#inline(reference, target);
    } else if (target.document !== this.#root || !this.#isReached(target, reference)) {
      this.#place(reference, target, kind);
    } else {
      this.#point(reference, `#${target.keys.map((key) => `/${escapeKey(key)}`).join('')}`);
    }
  }

  get #kinds(): Readonly<Record<string, string>> {
    return this.#version === 'oas2' ? kindsOf2 : kindsOf3;
  }

  /** Finds what a reference stands for. A pointer may lead through other references. */
  async #find(node: Reference['node'], hops = 0): Promise<Target> {
    const [uri = '', pointer = ''] = node.$ref.split('#', 2);
    const from = this.#fileOf(node);
    const document = uri === '' ? await this.#load(from) : await this.#load(from, uri);
    const isAnchor = pointer !== '' && !pointer.startsWith('/');
    const keys = isAnchor
      ? findAnchor(document.parsed, unescapePart(pointer))
      : pointer.split('/').filter(Boolean).map(unescapePart);
    let value: unknown = keys === undefined ? undefined : document.parsed;
    for (const [index, key] of (keys ?? []).entries()) {
      if (isReference(value) && !Object.hasOwn(value, key) && hops < maxDepth) {
        const next = await this.#find(value, hops + 1);
        const rest = (keys ?? []).slice(index);
        const inner = rest.reduce(getField, next.value);
        return { ...next, keys: [...next.keys, ...rest], value: inner };
      }
      value = getField(value, key);
    }
    return { document, keys: keys ?? [], value };
  }

  #fileOf(node: object): string {
    const file = this.#resolver.places.fileOf(node);
    const isRoot = file === undefined || this.#internal.has(node);
    return isRoot ? this.#root.source.absoluteRef : file;
  }

  async #load(from: string, uri?: string): Promise<Document> {
    const root = this.#root.source.absoluteRef;
    const file = uri === undefined ? from : this.#resolver.resolveExternalRef(from, uri);
    // What an overlay adds becomes a part of the document.
    if (file === root || (uri === undefined && this.#resolver.overlays.has(from))) {
      return this.#root;
    }
    return (await this.#resolver.resolveDocument(null, file)) as Document;
  }

  // A target in a part of the document that OpenAPI does not have is known to no tool.
  #isReached({ value, keys }: Target, { type }: Reference): boolean {
    const isComponent = this.#version === 'oas2' ? keys.length === 2 : true;
    const isScalar = typeof value !== 'object' || value === null;
    return isComponent && (isScalar || this.#met.get(type?.name ?? '')?.has(value) === true);
  }

  #clone<Value>(value: Value): Value {
    return this.#resolver.places.clone(value, (copy, original) => {
      this.#copies += 1;
      if (this.#copies > maxCopies) {
        throw new Error(`Found a $ref that leads to more than ${maxCopies} objects, expected fewer`);
      }
      if (this.#internal.has(original)) {
        this.#internal.add(copy);
      }
    });
  }

  #isOwn(node: object): boolean {
    return this.#fileOf(node) === this.#root.source.absoluteRef;
  }

  #point(reference: Reference, pointer: string): void {
    if (reference.depth < 0) {
      reference.parent[reference.key] = pointer;
    } else {
      reference.node.$ref = pointer;
      this.#internal.add(reference.node);
    }
  }

  #inline(reference: Reference, { value }: Target): void {
    const { node, type, parent, key, depth } = reference;
    if (depth >= maxDepth || holds(value, node)) {
      throw new Error('Found a $ref that leads to itself, expected one that ends');
    }
    const copy = this.#clone(value);
    if (!isPlainObject(copy)) {
      parent[key] = copy;
      return;
    }
    const { $ref: _ref, ...own } = node;
    // What stands beside the reference comes first.
    const merged = this.#resolver.places.derive({ ...copy, ...own }, copy);
    parent[key] = merged;
    if (type !== undefined) {
      this.#collect(merged, type, { parent, key, depth: depth + 1 });
    }
  }

  #place(reference: Reference, { document, keys, value }: Target, kind: string): void {
    const { parent, key, type, depth } = reference;
    const id = [kind, document.source.absoluteRef, ...keys].join('\n');
    const group = this.#group(kind);
    let name = this.#names.get(id);
    if (name === undefined) {
      const isHome = parent === group;
      name = isHome ? key : findFreeName(group, keys.at(-1) ?? nameOf(document.source.absoluteRef));
      this.#names.set(id, name);
      const copy = this.#clone(value);
      group[name] = copy;
      this.#collect(copy, type as NodeType, { parent: group, key: name, depth: Math.max(depth, 0) });
      if (isHome) {
        return;
      }
    }
    const path = this.#version === 'oas2' ? [kind, name] : ['components', kind, name];
    this.#point(reference, `#${path.map((part) => `/${escapeKey(part)}`).join('')}`);
  }

  #group(kind: string): Node {
    const root = this.#root.parsed as Node;
    const holder = this.#version === 'oas2' ? root : ensureObject(root, 'components');
    return ensureObject(holder, kind);
  }

  #isNamed({ parent, type }: Reference): boolean {
    const kind = type && this.#kinds[type.name];
    const root = this.#root.parsed as { components?: Node } & Node;
    const holder = this.#version === 'oas2' ? root : root.components;
    return kind !== undefined && holder?.[kind] === parent;
  }

  #findCircle(reference: Reference): void {
    const met = new Set<unknown>();
    let node: unknown = reference.node;
    while (isReference(node) && !met.has(node)) {
      met.add(node);
      node = node.$ref.startsWith('#/')
        ? node.$ref
            .slice(2)
            .split('/')
            .map(unescapePart)
            .reduce(getField, this.#root.parsed as unknown)
        : undefined;
    }
    if (node === reference.node && reference.depth >= 0) {
      this.#refuse(reference, new Error('Found a $ref that leads to itself, expected one that ends'));
    }
  }

  #refuse({ node }: Reference, error?: unknown): void {
    const at = this.#resolver.places.at(node, '$ref');
    const broken = error instanceof YamlParseError ? [toFinding(error)] : [];
    const isMissing = !(error instanceof Error) || broken.length > 0 || 'code' in error;
    const line = this.#resolver.places.lineOf(node, '$ref');
    const message = isMissing
      ? `Found nothing at the $ref in \`${line}\`, expected what it names. Correct it, or add what it names.`
      : `${error.message.replace(/\.$/, '')}.`;
    const found: Finding = { code: 'spec.unreadable', severity: 'error', message, at };
    for (const finding of [...broken, found]) {
      // Copies of a reference have its place.
      this.#findings.set(JSON.stringify(finding), finding);
    }
  }
}

/** Says where and why a file can't be parsed. */
export function toFinding({ message, source, line, col }: YamlParseError): Finding {
  const reason = message.replace(/ in ".*$/, '');
  return {
    code: 'spec.unreadable',
    severity: 'error',
    message: `${reason.startsWith('Found ') ? '' : 'Not valid YAML: '}${reason}.`,
    at: { file: formatPath(source.absoluteRef), line: line || 1, column: col || 1 },
  };
}

function holds(value: unknown, node: object): boolean {
  return (
    value === node ||
    (typeof value === 'object' && value !== null && Object.values(value).some((inner) => holds(inner, node)))
  );
}

function getField(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Node)[key]
    : undefined;
}

function ensureObject(node: Node, key: string): Node {
  const found = node[key];
  if (isPlainObject(found)) {
    return found;
  }
  const made: Node = {};
  node[key] = made;
  return made;
}

function nameOf(file: string): string {
  const path = isUrl(file) ? new URL(file).pathname : file;
  return basename(path, extname(path));
}

function findFreeName(group: Node, wanted: string): string {
  const base = wanted.replaceAll(/[^\w.-]+/g, '_');
  let name = base;
  for (let number = 2; Object.hasOwn(group, name); number += 1) {
    name = `${base}-${number}`;
  }
  return name;
}

// JSON Schema 2020-12, section 8.2.2: a schema can be named by an anchor.
function findAnchor(node: unknown, anchor: string, keys: readonly string[] = []): string[] | undefined {
  if (typeof node !== 'object' || node === null) {
    return undefined;
  }
  if ((node as Node).$anchor === anchor) {
    return [...keys];
  }
  for (const [key, value] of Object.entries(node)) {
    const found = findAnchor(value, anchor, [...keys, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
