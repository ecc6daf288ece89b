import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { JSONSchemaFaker } from 'json-schema-faker';
import type { MakeUp } from '../../openapi/example-request.ts';
import { getValidator } from '../../openapi/validator.ts';

const attempts = 20;

/**
 * Creates what makes up the parts of a request that a document shows no example of: required parameters, and bodies with
 * what they require. Of some values, the first that the schema takes.
 */
export function createMakeUp(document: Oas3_1Definition): MakeUp {
  const { explain } = getValidator(document);
  return ({ in: place, schema = {}, required = false }) => {
    if (!required && place !== 'body') {
      return undefined;
    }
    let last: unknown;
    for (let seed = 1; seed <= attempts; seed += 1) {
      last = sample(document, schema, seed);
      if (explain(schema, last) === undefined) {
        break;
      }
    }
    return last;
  };
}

function sample({ components, paths }: Oas3_1Definition, schema: Oas3_1Schema, seed: number): unknown {
  let state = seed;
  // The options are for all who use the library in this process. Prism, too, sets those that it needs for each value.
  JSONSchemaFaker.option({
    ...JSONSchemaFaker.option.getDefaults(),
    requiredOnly: true,
    failOnInvalidTypes: false,
    failOnInvalidFormat: false,
    ignoreMissingRefs: true,
    useExamplesValue: true,
    useDefaultValue: true,
    random: () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    },
  });
  return JSONSchemaFaker.generate({ ...schema, components, paths } as object);
}
