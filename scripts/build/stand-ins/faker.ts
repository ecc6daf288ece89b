import { createRequire } from 'node:module';

// Stands in for @faker-js/faker, which is loaded only once json-schema-faker asks for it.
const require = createRequire(import.meta.url);

/** Faker itself, or what leads to it. */
export const faker: object = new Proxy(
  {},
  { get: (_, name) => Reflect.get(require('@faker-js/faker').faker, name) },
);
