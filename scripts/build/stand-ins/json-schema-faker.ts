import { createRequire } from 'node:module';

// Stands in for json-schema-faker, which is loaded only once a request wants an answer made up: it is as large as all
// the rest of Prism, and left to whoever needs it.
type Faker = Record<'extend' | 'option' | 'generate', (...args: unknown[]) => unknown>;

const require = createRequire(import.meta.url);
const settings: { name: 'extend' | 'option'; args: unknown[] }[] = [];
let faker: Faker | undefined;

function load(): Faker {
  if (faker === undefined) {
    const { JSONSchemaFaker: loaded } = require('json-schema-faker') as { JSONSchemaFaker: Faker };
    for (const { name, args } of settings) {
      loaded[name](...args);
    }
    faker = loaded;
  }
  return faker;
}

/** What Prism calls of it. */
export const JSONSchemaFaker: Faker = {
  extend: (...args) => set('extend', args),
  option: (...args) => set('option', args),
  generate: (...args) => load().generate(...args),
};

function set(name: 'extend' | 'option', args: unknown[]): unknown {
  return faker === undefined ? settings.push({ name, args }) : faker[name](...args);
}
