import type { Document } from '@redocly/openapi-core';
import { exec, type JsonValue } from 'jsonpath-rfc9535';
import type { Finding } from '../cli/finding.ts';
import { describeValue, isPlainObject } from './document.ts';
import type { Places } from './places.ts';

type Node = Record<string, unknown>;

/** The selection of an action: a field of an object, or an item of a list. */
interface Selected {
  parent: Node;
  key: string;
  value: unknown;
}

/**
 * Applies an overlay to a document, in place, action by action. What it adds has its place in the overlay.
 *
 * Findings: `overlay.invalid`, and as a warning `overlay.unmatched`.
 *
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export function applyOverlay(document: Document, overlay: Document, places: Places): Finding[] {
  const application = new Application(document, places);
  application.run(overlay.parsed, overlay.source.absoluteRef);
  return application.findings;
}

class Application {
  readonly findings: Finding[] = [];
  readonly #document: Document;
  readonly #places: Places;

  constructor(document: Document, places: Places) {
    this.#document = document;
    this.#places = places;
  }

  run(overlay: unknown, file: string): void {
    if (!isPlainObject(overlay) || !/^1\.[01](?:\.|$)/.test(String(overlay.overlay))) {
      const found = isPlainObject(overlay) ? `"overlay: ${String(overlay.overlay)}"` : 'no mapping';
      this.#refuse(overlay, undefined, `Found ${found}, expected "overlay: 1.0.0".`);
      return;
    }
    this.#checkTarget(overlay, file);
    const { actions } = overlay;
    if (!Array.isArray(actions) || actions.length === 0) {
      this.#refuse(overlay, 'actions', 'Found no list of "actions", expected at least one.');
      return;
    }
    for (const [index, action] of actions.entries()) {
      if (isPlainObject(action)) {
        this.#apply(action);
      } else {
        this.#refuse(
          actions,
          String(index),
          'Found an action that is not an object, expected one with a "target".',
        );
      }
    }
  }

  // A copy of the document can be meant, too.
  #checkTarget(overlay: Node, file: string): void {
    const { extends: target } = overlay;
    const document = this.#document.source.absoluteRef;
    const found = typeof target === 'string' ? URL.parse(target, toUrl(file))?.href : undefined;
    if (
      target !== undefined &&
      found?.split(':')[0] === toUrl(document).split(':')[0] &&
      found !== toUrl(document)
    ) {
      const message = `Found an overlay that extends ${String(target)}, expected the document that it is applied to.`;
      this.#say('overlay.invalid', 'warning', overlay, 'extends', message);
    }
  }

  #apply(action: Node): void {
    const { target, update, remove } = action;
    const known = ['target', 'description', 'update', 'remove'];
    const unknown = Object.keys(action).find((key) => !known.includes(key) && !key.startsWith('x-'));
    if (unknown !== undefined) {
      this.#refuse(action, unknown, `Found "${unknown}", expected one of ${known.join(', ')}.`);
      return;
    }
    const selected = this.#select(action, target);
    if (selected === undefined) {
      return;
    }
    if (update === undefined && remove !== true) {
      this.#refuse(
        action,
        undefined,
        'Found an action without "update" and without "remove: true", expected one of them.',
      );
    } else if (selected.length === 0) {
      const message = `Found nothing in the document at ${String(target)}. The action does nothing.`;
      this.#say('overlay.unmatched', 'warning', action, 'target', message);
    } else if (remove === true) {
      this.#remove(action, selected);
    } else {
      for (const one of selected) {
        this.#update(one, action, 'update');
      }
    }
  }

  #select(action: Node, target: unknown): Selected[] | undefined {
    if (typeof target !== 'string') {
      this.#refuse(action, 'target', 'Found no "target", expected a JSONPath such as $.paths.');
      return undefined;
    }
    const root = { $: this.#document.parsed };
    const selected = new Map<string, Selected>();
    try {
      exec(this.#document.parsed as JsonValue, target, (value, path) => {
        const keys = ['$', ...path.map(unescapeKey)];
        const key = keys.at(-1) ?? '$';
        const parent = keys.slice(0, -1).reduce((node: unknown, part) => (node as Node)[part], root) as Node;
        selected.set(keys.join('\n'), { parent, key, value });
      });
    } catch (error) {
      this.#refuse(
        action,
        'target',
        `Found the target ${target}, which is not JSONPath: ${(error as Error).message}`,
      );
      return undefined;
    }
    return [...selected.values()];
  }

  #remove(action: Node, selected: readonly Selected[]): void {
    if (selected.some(({ key }) => key === '$')) {
      this.#refuse(
        action,
        'target',
        'Found an action that removes the whole document, expected one that removes a part.',
      );
      return;
    }
    // From the end of a list, so that a removal does not move the items that are still to come.
    for (const { parent, key } of [...selected].reverse()) {
      if (Array.isArray(parent)) {
        parent.splice(Number(key), 1);
      } else {
        delete parent[key];
      }
    }
  }

  /** Merges a value of the overlay into what it is about. `from` has it under `fromKey`. */
  #update({ parent, key, value }: Selected, from: Node, fromKey: string): void {
    const update = from[fromKey];
    if (Array.isArray(value)) {
      value.push(...[this.#places.clone(update)].flat());
    } else if (isPlainObject(value) && isPlainObject(update)) {
      for (const inner of Object.keys(update)) {
        if (Object.hasOwn(value, inner)) {
          this.#update({ parent: value, key: inner, value: value[inner] }, update, inner);
        } else {
          this.#set(value, inner, update, inner);
        }
      }
    } else if (!isObject(value) && !isObject(update)) {
      this.#set(parent, key, from, fromKey);
    } else {
      const message = `Found ${describeValue(update)} at "${fromKey}", expected ${describeValue(value)}, as the document has there.`;
      this.#refuse(from, fromKey, message);
    }
  }

  #set(node: Node, key: string, from: Node, fromKey: string): void {
    node[key] = this.#places.clone(from[fromKey]);
    this.#places.write(node, key, from, fromKey);
  }

  #refuse(node: unknown, key: string | undefined, message: string): void {
    this.#say('overlay.invalid', 'error', node, key, `${message.replace(/\.?$/, '.')} Correct the overlay.`);
  }

  #say(
    code: Finding['code'],
    severity: Finding['severity'],
    node: unknown,
    key: string | undefined,
    message: string,
  ): void {
    const at = isObject(node) ? this.#places.at(node, key) : { file: '' };
    this.findings.push({ code, severity, message, at });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function toUrl(file: string): string {
  return /^https?:/i.test(file) ? new URL(file).href : `file://${file}`;
}

// RFC 9535, section 2.7: the keys of a normalized path are escaped.
function unescapeKey(key: string | number): string {
  const names: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  return String(key).replaceAll(/\\(?:u([\da-f]{4})|(.))/gi, (_found, code?: string, name?: string) =>
    code === undefined ? (names[name ?? ''] ?? name ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
