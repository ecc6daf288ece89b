import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../openapi/document.ts';
import {
  createFinder,
  type Direction,
  type Find,
  isHidden,
  listHidden,
  listInner,
  mapInner,
  readNamedSchemas,
  refer,
  type Schema,
} from '../../openapi/subschemas.ts';
import { NameRegister } from '../model/operation-model.ts';

/**
 * Leaves out of the requests of a document what is `readOnly`, and of its responses what is `writeOnly`. The document may
 * be changed.
 *
 * A schema by its name that both use, and that is not the same for both, becomes two: `Pet`, as responses have it, and
 * `PetWritable`, as requests have it. One that only requests use keeps its name. What a webhook or a callback sends, the
 * provider sends: it is as a response is.
 */
export function splitDirections(document: Oas3_1Definition): void {
  const find = createFinder(document);
  const { schemas, nameOf } = readNamedSchemas(document);
  const places = listPlaces(document);
  const usesOf = (direction: Direction): Set<Schema> =>
    follow(
      new Set(places.filter((place) => place.direction === direction).map(({ holder }) => holder.schema)),
      find,
    );
  const uses = { request: usesOf('request'), response: usesOf('response') };
  const differing = listDiffering([...nameOf.keys(), ...uses.request, ...uses.response], find);
  const register = new NameRegister(Object.keys(schemas));
  const twins = new Map<string, string>();
  for (const [schema, name] of nameOf) {
    if (differing.has(schema) && uses.request.has(schema) && uses.response.has(schema)) {
      twins.set(name, register.take(`${name}Writable`));
    }
  }
  const rename = (target: Schema): string | undefined => twins.get(nameOf.get(target) ?? '');
  const view = (schema: Schema, direction: Direction): Schema =>
    differing.has(schema) ? viewSchema(schema, { direction, find, rename }) : schema;
  const changed = [...nameOf].flatMap(([schema, name]): (readonly [string, Schema])[] => {
    const twin = twins.get(name);
    if (twin !== undefined) {
      return [
        [name, view(schema, 'response')],
        [twin, view(schema, 'request')],
      ];
    }
    const isUsed = uses.request.has(schema) || uses.response.has(schema);
    return isUsed ? [[name, view(schema, uses.request.has(schema) ? 'request' : 'response')]] : [];
  });
  // All are looked at before the first one changes.
  const bodies = places.map(({ holder, direction }) => ({ holder, schema: view(holder.schema, direction) }));
  for (const { holder, schema } of bodies) {
    holder.schema = schema;
  }
  if (document.components !== undefined) {
    document.components.schemas = Object.fromEntries([...Object.entries(schemas), ...changed]);
  }
}

/** Adds all that schemas refer to, and what that refers to. */
function follow(schemas: Set<Schema>, find: Find): Set<Schema> {
  for (const schema of schemas) {
    const target = find(schema.$ref);
    for (const inner of target === undefined ? listInner(schema) : [target, ...listInner(schema)]) {
      schemas.add(inner);
    }
  }
  return schemas;
}

/** Lists the schemas that are not the same in both directions, for what they have or for what they refer to. */
function listDiffering(roots: readonly Schema[], find: Find): Set<Schema> {
  const all = follow(new Set(roots), find);
  const holders = new Map<Schema, Schema[]>();
  const differing = new Set<Schema>();
  for (const schema of all) {
    const target = find(schema.$ref);
    for (const inner of target === undefined ? listInner(schema) : [target, ...listInner(schema)]) {
      const found = holders.get(inner);
      if (found === undefined) {
        holders.set(inner, [schema]);
      } else {
        found.push(schema);
      }
    }
    const properties = Object.values(isPlainObject(schema.properties) ? schema.properties : {});
    if (properties.some((one) => isHidden(one, 'request', find) || isHidden(one, 'response', find))) {
      differing.add(schema);
    }
  }
  for (const schema of differing) {
    for (const holder of holders.get(schema) ?? []) {
      differing.add(holder);
    }
  }
  return differing;
}

/**
 * Gives a schema that does not require `writeOnly` properties in a response. A response that has them passes: the server says more
 * than it should, which breaks nothing.
 */
export function relaxResponse(schema: Schema, find: Find): Schema {
  return viewSchema(schema, { direction: 'response', find, isLax: true });
}

interface View {
  direction: Direction;
  find: Find;
  /** Names the twin that requests have of a schema. */
  rename?: (target: Schema) => string | undefined;
  /** Whether hidden properties are allowed. */
  isLax?: boolean;
}

function viewSchema(schema: Schema, view: View, inherited: ReadonlySet<string> = new Set()): Schema {
  const { direction, find, rename, isLax = false } = view;
  const hidden = new Set([...inherited, ...listHidden(schema, direction, find)]);
  const properties = isPlainObject(schema.properties) ? Object.entries(schema.properties) : [];
  const shown = properties.filter(([, property]) => isLax || !isHidden(property, direction, find));
  const names = shown.map(([name]) => name);
  const own = {
    ...schema,
    ...(properties.length > shown.length ? { properties: Object.fromEntries(shown) } : {}),
    // Without this, the type would be an object that has no property at all, also beside others in `allOf`.
    ...(properties.length > 0 && shown.length === 0 && !('additionalProperties' in schema)
      ? { additionalProperties: true }
      : {}),
    ...(Array.isArray(schema.required)
      ? { required: schema.required.filter((name) => !hidden.has(name) || (!isLax && names.includes(name))) }
      : {}),
  };
  const target = find(schema.$ref);
  const twin = target !== undefined && direction === 'request' ? rename?.(target) : undefined;
  const isPart = (keyword: string): boolean => ['allOf', 'anyOf', 'oneOf'].includes(keyword);
  return {
    ...mapInner(own, (inner, keyword) =>
      isPlainObject(inner) ? viewSchema(inner, view, isPart(keyword) ? hidden : undefined) : inner,
    ),
    ...(twin === undefined ? {} : { $ref: refer(twin) }),
  };
}

/** Where a schema stands that one side sends: a parameter, a body or a header. */
interface SchemaPlace {
  holder: { schema: Schema };
  direction: Direction;
}

/** Who sends what is below a key. Below any other key, it is who sends what is around it. */
const sides: Readonly<Record<string, Direction>> = {
  parameters: 'request',
  requestBody: 'request',
  requestBodies: 'request',
  responses: 'response',
  headers: 'response',
  callbacks: 'response',
};

function listPlaces({ paths, webhooks, components = {} }: Oas3_1Definition): SchemaPlace[] {
  const found: SchemaPlace[] = [];
  const walk = (node: unknown, direction: Direction | undefined): void => {
    if (typeof node !== 'object' || node === null) {
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'schema' && direction !== undefined) {
        if (isPlainObject(value)) {
          found.push({ holder: node as SchemaPlace['holder'], direction });
        }
      } else if (key !== 'example' && key !== 'examples' && !key.startsWith('x-')) {
        walk(value, direction ?? sides[key]);
      }
    }
  };
  const { schemas: _, ...others } = components;
  walk(paths, undefined);
  walk(webhooks, 'response');
  walk(others, undefined);
  return found;
}
