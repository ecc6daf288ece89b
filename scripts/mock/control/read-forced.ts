import { type DocumentedAnswer, formatPreference, isAnswer } from '../../spec/list-answers.ts';
import { RequestProblem } from '../problem.ts';
import { createShapeCheck } from './check-shape.ts';
import { type Forced, faults } from './forced.ts';

const checkShape = createShapeCheck<Forced>({
  type: 'object',
  required: ['operationId'],
  additionalProperties: false,
  properties: {
    operationId: { type: 'string' },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    example: { type: 'string' },
    latencyMs: { type: 'integer', minimum: 0, maximum: 60_000 },
    fault: { enum: faults },
    times: { type: 'integer', minimum: 1, maximum: 1_000_000 },
  },
});

/**
 * Reads what a caller wants forced.
 *
 * @throws {RequestProblem} 422 for another shape, and 404 for an operation or an answer that the spec does not document
 */
export function readForced(value: unknown, answers: readonly DocumentedAnswer[]): Forced {
  const forced = checkShape(value);
  const own = answers.filter(({ place }) => place.operation.operationId === forced.operationId);
  if (own.length === 0) {
    const names = new Set(answers.map(({ place }) => place.operation.operationId));
    throw new RequestProblem(
      404,
      `There is no operation "${forced.operationId}". Documented are ${[...names].join(', ')}.`,
    );
  }
  if (!own.some((answer) => isAnswer(answer, forced))) {
    const documented = own.map(formatPreference).join('; ');
    throw new RequestProblem(404, `The spec has no such answer. Documented are ${documented}.`);
  }
  return forced;
}
