import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { isPlainObject, resolveReference } from './document.ts';
import type { SchemaNode } from './validator.ts';

/** The `xml` of a schema. */
interface XmlHints {
  name?: string;
  namespace?: string;
  prefix?: string;
  attribute?: boolean;
  wrapped?: boolean;
}

type Schema = Oas3_1Schema & { xml?: XmlHints; items?: SchemaNode };

/**
 * Renders a JSON value as XML, as the hints of its schema (`xml`) have it. The root is named by its hint, by the name of
 * its schema, or `root`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#xml-object
 */
export function renderXml(document: Oas3_1Definition, node: SchemaNode, value: unknown): string {
  const name = nameOf(document, node) ?? 'root';
  const schema = follow(document, node);
  const root = Array.isArray(value)
    ? renderElement(
        name,
        schema.xml,
        '',
        value.map((item) => renderItem(document, schema, name === 'root' ? 'item' : name, item)).join(''),
      )
    : renderValue(document, schema, name, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function renderItem(
  document: Oas3_1Definition,
  { items = {} }: Schema,
  fallback: string,
  item: unknown,
): string {
  return renderValue(document, follow(document, items), nameOf(document, items) ?? fallback, item);
}

function renderValue(document: Oas3_1Definition, schema: Schema, name: string, value: unknown): string {
  if (Array.isArray(value)) {
    return renderList(document, schema, name, value);
  }
  if (!isPlainObject(value)) {
    return renderElement(
      schema.xml?.name ?? name,
      schema.xml,
      '',
      value === null ? '' : escapeText(String(value)),
    );
  }
  const properties = listProperties(document, schema, []);
  const entries = Object.entries(value).map(
    ([key, one]) => [key, follow(document, properties.get(key) ?? {}), one] as const,
  );
  const isAttribute = ([, { xml }, one]: (typeof entries)[number]): boolean =>
    xml?.attribute === true && typeof one !== 'object';
  const attributes = entries
    .filter(isAttribute)
    .map(([key, { xml }, one]) => ` ${qualify(xml?.name ?? key, xml)}="${escapeText(String(one))}"`);
  const children = entries
    .filter((entry) => !isAttribute(entry) && entry[2] !== undefined)
    .map(([key, property, one]) => renderValue(document, property, key, one));
  return renderElement(schema.xml?.name ?? name, schema.xml, attributes.join(''), children.join(''));
}

// Without a wrapper, the name of the list itself counts for nothing.
function renderList(
  document: Oas3_1Definition,
  schema: Schema,
  name: string,
  values: readonly unknown[],
): string {
  const isWrapped = schema.xml?.wrapped === true;
  const own = isWrapped ? (schema.xml?.name ?? name) : name;
  const { items = {} } = schema;
  const inner = follow(document, items).xml?.name ?? own;
  const rendered = values.map((item) => renderValue(document, follow(document, items), inner, item)).join('');
  return isWrapped ? renderElement(own, schema.xml, '', rendered) : rendered;
}

function renderElement(
  name: string,
  hints: XmlHints | undefined,
  attributes: string,
  content: string,
): string {
  const qualified = qualify(name, hints);
  const { namespace, prefix } = hints ?? {};
  const declared =
    namespace === undefined
      ? ''
      : ` xmlns${prefix === undefined ? '' : `:${toName(prefix)}`}="${escapeText(namespace)}"`;
  return `<${qualified}${declared}${attributes}>${content}</${qualified}>`;
}

function qualify(name: string, hints: XmlHints | undefined): string {
  return hints?.prefix === undefined ? toName(name) : `${toName(hints.prefix)}:${toName(name)}`;
}

// XML 1.0, section 2.3: a character that a name must not have becomes an underscore.
function toName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_.:-]/gu, '_').replace(/^(?![\p{L}_:])/u, '_');
}

// XML 1.0, section 2.2: most control characters have no place in a document.
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

function follow(document: Oas3_1Definition, node: SchemaNode): Schema {
  return isPlainObject(node) ? (resolveReference<Oas3_1Schema>(document, node) as Schema) : {};
}

function nameOf(document: Oas3_1Definition, node: SchemaNode): string | undefined {
  const { xml } = follow(document, node);
  const [, referred] = '$ref' in node ? (/([^/]+)$/.exec(String(node.$ref)) ?? []) : [];
  return xml?.name ?? referred;
}

/** The properties of a schema and of all its parts; of several with one name, the first. */
function listProperties(
  document: Oas3_1Definition,
  schema: Schema,
  parents: readonly object[],
): Map<string, SchemaNode> {
  if (parents.includes(schema)) {
    return new Map();
  }
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const inherited = parts.flatMap((part) => [
    ...listProperties(document, follow(document, part), [...parents, schema]),
  ]);
  const own = Object.entries(schema.properties ?? {}) as [string, SchemaNode][];
  return new Map([...inherited.toReversed(), ...own]);
}
