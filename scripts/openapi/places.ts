import { getLineColLocation, type Source } from '@redocly/openapi-core';
import { formatPath, type Place } from '../cli/finding.ts';
import { toPointer, unescapePart } from './document.ts';

/** Where an object or a list was written. Each knows its parent, so that a pointer is only built when it is asked for. */
interface Origin {
  source: Source;
  parent: Origin | undefined;
  key: string;
}

/**
 * Remembers for each object and list of a document in which file it was written, and where, also once it has moved to
 * another place of the document.
 */
export class Places {
  readonly #origins = new WeakMap<object, Origin>();
  /** What an overlay wrote into an object of another file. */
  readonly #written = new WeakMap<object, Map<string, Origin>>();

  /** Notes the place of everything in a file. */
  add(source: Source, root: unknown): void {
    this.#add(root, { source, parent: undefined, key: '' });
  }

  #add(node: unknown, origin: Origin): void {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    this.#origins.set(node, origin);
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object' && value !== null) {
        this.#add(value, { source: origin.source, parent: origin, key });
      }
    }
  }

  /** Says that an object stands for another, which it was made of. */
  derive<Node extends object>(node: Node, from: object | undefined): Node {
    const origin = from && this.#origins.get(from);
    if (origin !== undefined && !this.#origins.has(node)) {
      this.#origins.set(node, origin);
    }
    return node;
  }

  /** Says that a value of an object was written elsewhere: as the value of that key of `from`. */
  write(node: object, key: string, from: object, fromKey: string): void {
    const parent = this.#origins.get(from);
    if (parent !== undefined) {
      const written = this.#written.get(node) ?? new Map<string, Origin>();
      this.#written.set(node, written.set(key, { source: parent.source, parent, key: fromKey }));
    }
  }

  /** Copies a value and all that it holds, with their places. */
  clone<Value>(value: Value, onCopy?: (copy: object, original: object) => void): Value {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const copy: object = Array.isArray(value)
      ? value.map((item) => this.clone(item, onCopy))
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.clone(item, onCopy)]));
    onCopy?.(copy, value);
    return this.derive(copy, value) as Value;
  }

  /** The path or URL of the file in which an object was written. */
  fileOf(node: object): string | undefined {
    return this.#origins.get(node)?.source.absoluteRef;
  }

  /** The line of the file in which a key of an object was written. */
  lineOf(node: object, key: string): string {
    const origin = this.#origins.get(node);
    const { line } = this.at(node, key);
    return origin?.source.getLines()[(line ?? 1) - 1]?.trim() ?? '';
  }

  /** Finds the place of an object, or of one of its keys, in the file in which it was written. */
  at(node: object, key?: string): Place {
    const written = key === undefined ? undefined : this.#written.get(node)?.get(key);
    const origin = written ?? this.#origins.get(node);
    return origin === undefined
      ? { file: '' }
      : toPlace(origin, written === undefined && key !== undefined ? [key] : []);
  }

  /** Finds the place of a JSON pointer into a document. */
  locate(root: object, pointer: string): Place {
    const keys = pointer.replace(/^#\/?/, '').split('/').map(unescapePart);
    let origin = this.#origins.get(root);
    let rest: string[] = [];
    let node: unknown = root;
    for (const key of pointer.length > 2 ? keys : []) {
      const written = this.#written.get(node as object)?.get(key);
      node = (node as Record<string, unknown> | null | undefined)?.[key];
      const known = written ?? (typeof node === 'object' && node !== null && this.#origins.get(node));
      [origin, rest] = known ? [known, []] : [origin, [...rest, key]];
    }
    return origin === undefined ? { file: '' } : { ...toPlace(origin, rest), pointer };
  }
}

function toPlace(origin: Origin, rest: readonly string[]): Place {
  const keys = [...rest];
  for (let at: Origin | undefined = origin; at?.parent !== undefined; at = at.parent) {
    keys.unshift(at.key);
  }
  const pointer = toPointer(keys);
  const { source } = origin;
  // A part that is not written there is found at the nearest part around it.
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
  return { file: formatPath(source.absoluteRef), line: start.line, column: start.col, pointer };
}
