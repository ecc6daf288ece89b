import type { ValidateFunction } from 'ajv/dist/2020.js';
import { loadPrismBundle } from '../prism-bundle.ts';
import { RequestProblem } from '../problem.ts';

const { Ajv2020 } = await loadPrismBundle();

/**
 * Makes a function that gives a value of the shape which a JSON schema describes.
 *
 * The function throws a `RequestProblem` 422 for any other value, and names the first thing that is wrong.
 */
export function createShapeCheck<Shape>(schema: object): (value: unknown) => Shape {
  let validate: ValidateFunction<Shape> | undefined;
  return (value) => {
    // With the first value, since a mock that nobody steers starts sooner without.
    validate ??= new Ajv2020({ strict: false }).compile<Shape>(schema);
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      throw new RequestProblem(
        422,
        `Found a body whose ${error?.instancePath || 'whole'} ${error?.message}.`,
      );
    }
    return value;
  };
}
