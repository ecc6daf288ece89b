import { createRequire } from 'node:module';

// Placeholders for modules that Prism imports and a mock does without, or loads late.

type Faker = Record<'extend' | 'option' | 'generate', (...args: unknown[]) => unknown>;

const settings: { name: 'extend' | 'option'; args: unknown[] }[] = [];
let loaded: Faker | undefined;

/**
 * What Prism calls of json-schema-faker, which is loaded only once a request wants a made-up answer: it is as large as
 * all the rest of Prism.
 */
export const JSONSchemaFaker: Faker = {
  extend: (...args) => set('extend', args),
  option: (...args) => set('option', args),
  generate: (...args) => loadFaker().generate(...args),
};

/** What json-schema-faker asks for of @faker-js/faker, which is loaded only then. */
export const faker: object = new Proxy(
  {},
  { get: (_, name) => Reflect.get(load<{ faker: object }>('@faker-js/faker').faker, name) },
);

function set(name: 'extend' | 'option', args: unknown[]): unknown {
  return loaded === undefined ? settings.push({ name, args }) : loaded[name](...args);
}

function loadFaker(): Faker {
  if (loaded === undefined) {
    const { JSONSchemaFaker: found } = load<{ JSONSchemaFaker: Faker }>('json-schema-faker');
    for (const { name, args } of settings) {
      found[name](...args);
    }
    loaded = found;
  }
  return loaded;
}

// From the toolkit, whose dependencies they are: the package that this is bundled into has none.
function load<Module>(name: string): Module {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('openapi-contract-kit/package.json'))(name) as Module;
}

/** Replaces lodash/fp, of which Prism calls this with the name of one property: it sets it in a copy. */
export function setProperty([name]: readonly [string], value: unknown, object: object): object {
  return { ...object, [name]: value };
}

const keep = (text: string): string => text;

// Of chalk: nobody reads what Prism logs.
export { keep as blueBright, keep as grey, setProperty as set };

/**
 * Replaces `resolve` of `node:url`, which Node warns of. In a document that is read, all references are to its own parts.
 */
export function resolve(from: string, to: string): string {
  return to.startsWith('#') ? from.replace(/#.*$/s, '') + to : (URL.parse(to, from)?.href ?? to);
}
