import type { Oas3_1Definition } from '@redocly/openapi-core';
import { isPlainObject } from '../../openapi/document.ts';
import { createFinder, type Find, readNamedSchemas, refer, type Schema } from '../../openapi/subschemas.ts';
import { NameRegister } from '../model/operation-model.ts';

/** A reference by which a schema asks the same value to be what another schema says. */
interface Step {
  holder: Schema;
  target: Schema;
  /** It is one of several alternatives. */
  isChoice: boolean;
  /** Takes the reference out, so that what is left says as much as before, where that ends. */
  remove: () => void;
}

/**
 * Ends the endless recursion of schemas that ask a value to be themselves, in a document that may be changed.
 *
 * A pet is a cat or a dog, and a cat is all that a pet is, and more: as written, a validator never ends, and the type
 * refers to itself. What is meant is that a cat has what any pet has. So `allOf` refers to a copy of the pet that has no
 * alternatives, `PetBase`. What goes in a circle in another way says nothing and is taken out.
 *
 * A tree, whose properties or items are trees again, is not such a schema.
 */
export function untieSchemas(document: Oas3_1Definition): void {
  const { schemas, nameOf } = readNamedSchemas(document);
  const find = createFinder(document);
  const graph = createGraph([...nameOf.keys()], find);
  const register = new NameRegister(Object.keys(schemas));
  const bases = new Map<Schema, Schema>();
  for (const [schema, steps] of graph.circles) {
    for (const { holder, target } of steps.filter(({ isChoice }) => !isChoice)) {
      const isBack = (step: Step): boolean => step.isChoice && graph.leads(step.target, target);
      const backs = graph.circles.get(target)?.filter(isBack) ?? [];
      if (backs.length === 0 || !graph.leads(target, schema)) {
        continue;
      }
      const name = bases.has(target) ? '' : register.take(`${nameOf.get(target)}Base`);
      const base = bases.get(target) ?? { $ref: refer(name) };
      if (!bases.has(target)) {
        const holders = new Set(backs.map((step) => step.holder));
        schemas[name] = structuredClone(withoutChoices(target, holders, find));
        bases.set(target, base);
      }
      holder.$ref = base.$ref;
    }
  }
  cutCircles([...Object.values(schemas)].filter(isPlainObject), createFinder(document));
}

function cutCircles(schemas: readonly Schema[], find: Find): void {
  const { circles, leads } = createGraph(schemas, find);
  for (const [schema, steps] of circles) {
    for (const step of steps.filter(({ target }) => leads(target, schema))) {
      step.remove();
      steps.splice(steps.indexOf(step), 1);
    }
  }
}

interface Graph {
  /** The schemas that can be part of a circle, and the steps from each to another such schema. */
  circles: Map<Schema, Step[]>;
  leads: (from: Schema, to: Schema) => boolean;
}

function createGraph(schemas: readonly Schema[], find: Find): Graph {
  const circles = trim(new Map(schemas.map((schema) => [schema, listSteps(schema, find)])));
  const leads = (from: Schema, to: Schema): boolean => {
    const seen = new Set([from]);
    for (const schema of seen) {
      if (schema === to) {
        return true;
      }
      for (const { target } of circles.get(schema) ?? []) {
        seen.add(target);
      }
    }
    return false;
  };
  return { circles, leads };
}

/** Leaves out what leads nowhere, again and again, in time that grows with the number of steps. */
function trim(graph: Map<Schema, Step[]>): Map<Schema, Step[]> {
  const sources = new Map<Schema, Schema[]>();
  const open = new Map<Schema, number>();
  for (const [schema, steps] of graph) {
    const inner = steps.filter(({ target }) => graph.has(target));
    graph.set(schema, inner);
    open.set(schema, inner.length);
    for (const { target } of inner) {
      const found = sources.get(target);
      if (found === undefined) {
        sources.set(target, [schema]);
      } else {
        found.push(schema);
      }
    }
  }
  const ends = [...open].filter(([, count]) => count === 0).map(([schema]) => schema);
  for (const end of ends) {
    graph.delete(end);
    for (const source of sources.get(end) ?? []) {
      const count = (open.get(source) ?? 0) - 1;
      open.set(source, count);
      if (count === 0) {
        ends.push(source);
      }
    }
  }
  return new Map(
    [...graph].map(([schema, steps]) => [schema, steps.filter(({ target }) => graph.has(target))]),
  );
}

function listSteps(schema: unknown, find: Find, isChoice = false, remove?: () => void): Step[] {
  if (!isPlainObject(schema)) {
    return [];
  }
  const target = find(schema.$ref);
  const drop = (): void => {
    delete schema.$ref;
  };
  const own = target === undefined ? [] : [{ holder: schema, target, isChoice, remove: remove ?? drop }];
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = schema[keyword];
    return !Array.isArray(list)
      ? []
      : list.flatMap((item) =>
          listSteps(item, find, isChoice || keyword !== 'allOf', () => dropItem(schema, keyword, item)),
        );
  });
  const others = ['not', 'if', 'then', 'else'].flatMap((keyword) =>
    listSteps(schema[keyword], find, true, () => {
      delete schema[keyword];
    }),
  );
  return [...own, ...lists, ...others];
}

function dropItem(schema: Schema, keyword: string, item: unknown): void {
  const rest = (schema[keyword] as unknown[] | undefined)?.filter((other) => other !== item) ?? [];
  if (rest.length > 0) {
    schema[keyword] = rest;
  } else {
    delete schema[keyword];
  }
}

/** Leaves out the alternatives that lead back, in what a schema itself says. */
function withoutChoices(schema: Schema, backs: ReadonlySet<Schema>, find: Find): Schema {
  const leadsBack = (list: unknown): boolean =>
    listSteps({ oneOf: list }, find).some(({ holder }) => backs.has(holder));
  const kept = Object.entries(schema).filter(
    ([keyword, value]) =>
      keyword !== 'discriminator' && !(['oneOf', 'anyOf'].includes(keyword) && leadsBack(value)),
  );
  const { allOf, ...rest } = Object.fromEntries(kept);
  const parts = Array.isArray(allOf) ? allOf : undefined;
  return parts === undefined
    ? rest
    : {
        ...rest,
        allOf: parts.map((part) => (isPlainObject(part) ? withoutChoices(part, backs, find) : part)),
      };
}
