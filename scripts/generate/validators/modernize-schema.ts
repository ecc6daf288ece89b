import { isPlainObject } from '../../spec/is-plain-object.ts';

type Schema = Record<string, unknown>;

/**
 * Writes a schema of OpenAPI 3.0 as 3.1 has it: `nullable`, the bounds that were flags, and without the required
 * properties that only requests have. What it holds is left as it is.
 *
 * `nullable` counts without a `type`, too: that is how the types have it, and what people mean by it.
 *
 * @see https://spec.openapis.org/oas/v3.0.3#schema-object
 */
export function modernizeSchema({ nullable, ...schema }: Schema): Schema {
  if (nullable !== true) {
    return { ...schema, ...requiredInAnswers(schema), ...exclusiveBounds(schema) };
  }
  return typeof schema.type === 'string' && schema.enum === undefined
    ? modernizeSchema({ ...schema, type: [schema.type, 'null'] })
    : { anyOf: [schema, { type: 'null' }] };
}

function requiredInAnswers({ required, properties }: Schema): Schema {
  if (!Array.isArray(required) || !isPlainObject(properties)) {
    return {};
  }
  return {
    required: required.filter((name) => {
      const property = properties[name];
      return !(isPlainObject(property) && property.writeOnly === true);
    }),
  };
}

function exclusiveBounds(schema: Schema): Schema {
  return Object.fromEntries(
    ['Minimum', 'Maximum'].flatMap((name) => {
      const [plain, exclusive] = [name.toLowerCase(), `exclusive${name}`];
      if (typeof schema[exclusive] !== 'boolean') {
        return [];
      }
      return schema[exclusive]
        ? [
            [plain, undefined],
            [exclusive, schema[plain]],
          ]
        : [[exclusive, undefined]];
    }),
  );
}
