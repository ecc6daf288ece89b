import { inspect } from 'node:util';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { RequestProblem } from '../../http/message.ts';
import { loadAjv } from '../../openapi/ajv.ts';
import { isPlainObject } from '../../openapi/document.ts';

/** A JSON schema of an object. What each property must be is in its `description`, for messages. */
interface ObjectShape {
  properties: Readonly<Record<string, { description: string } & Readonly<Record<string, unknown>>>>;
  required?: readonly string[];
  minProperties?: number;
  maxProperties?: number;
}

/**
 * Makes a function that gives a value of the shape which a JSON schema describes. Further properties are refused.
 *
 * The function throws a `RequestProblem` 422 for any other value, and says what was found and what was expected.
 *
 * @param purpose what the value is for, such as `force an answer`
 */
export function createShapeCheck<Shape>(purpose: string, shape: ObjectShape): (value: unknown) => Shape {
  let validate: ValidateFunction<Shape> | undefined;
  return (value) => {
    // With the first value, since a mock that nobody steers starts sooner without.
    validate ??= new (loadAjv().Ajv2020)({ strict: false }).compile<Shape>({
      type: 'object',
      additionalProperties: false,
      ...shape,
    });
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      throw new RequestProblem(422, `Cannot ${purpose}: ${describe(value, shape, error)}`);
    }
    return value;
  };
}

function describe(value: unknown, { properties }: ObjectShape, error?: ErrorObject): string {
  const known = Object.keys(properties).join(', ');
  if (!isPlainObject(value)) {
    return `found ${show(value)}, expected an object with ${known}.`;
  }
  const [name = ''] = (error?.instancePath ?? '').split('/').slice(1);
  const property = properties[name];
  if (property !== undefined) {
    return `${name} is ${show(value[name])}, expected ${property.description}.`;
  }
  switch (error?.keyword) {
    case 'additionalProperties':
      return `there is no property "${error.params.additionalProperty}". Use ${known}.`;
    case 'required':
      return `${error.params.missingProperty} is missing, expected ${properties[error.params.missingProperty]?.description}.`;
    default:
      return `found ${Object.keys(value).join(' and ') || 'no property'}, expected one of ${known}.`;
  }
}

function show(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 100 });
}
