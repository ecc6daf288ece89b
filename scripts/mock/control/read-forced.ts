import type { DocumentedAnswer } from '../../spec/list-answers.ts';
import { findFinalStatus, isSentWith } from '../final-status.ts';
import { RequestProblem } from '../problem.ts';
import { createShapeCheck } from './check-shape.ts';
import { type Forced, faults } from './forced.ts';

const checkShape = createShapeCheck<Forced>('force an answer', {
  required: ['operationId'],
  properties: {
    operationId: { type: 'string', description: 'the operationId of an operation' },
    status: { type: 'integer', minimum: 200, maximum: 599, description: 'a status from 200 to 599' },
    example: { type: 'string', description: 'the name of an example' },
    latencyMs: {
      type: 'integer',
      minimum: 0,
      maximum: 60_000,
      description: 'whole milliseconds from 0 to 60000',
    },
    fault: { enum: faults, description: `one of ${faults.join(', ')}` },
    times: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'a number from 1 to 1000000' },
  },
});

/**
 * Reads what a caller wants forced. An example without a status gets the first that the spec documents it for.
 *
 * @throws {RequestProblem} 422 for another shape, and 404 for an operation or an answer that the spec does not document
 */
export function readForced(value: unknown, answers: readonly DocumentedAnswer[]): Forced {
  const forced = checkShape(value);
  const { operationId, status, example } = forced;
  const own = answers.filter(({ place }) => place.operation.operationId === operationId);
  if (own.length === 0) {
    const names = new Set(answers.map(({ place }) => place.operation.operationId));
    throw new RequestProblem(
      404,
      `Cannot force an answer: the spec has no operation "${operationId}". ` +
        `Use one of its operationIds: ${[...names].join(', ')}.`,
    );
  }
  const found = own.find((answer) => isAskedFor(answer, forced));
  if (found === undefined) {
    throw new RequestProblem(
      404,
      `Cannot force an answer of ${operationId}: the spec has none with ${describe(forced)}. ` +
        `Use one of these: ${own.map((answer) => [answer.status, answer.example?.name].join(' ').trim()).join('; ')}.`,
    );
  }
  return example === undefined || status !== undefined
    ? forced
    : { ...forced, status: findFinalStatus(found) ?? Number(found.status) };
}

function isAskedFor(answer: DocumentedAnswer, { status, example }: Forced): boolean {
  const hasStatus = status === undefined || isSentWith(answer, status);
  return hasStatus && (example === undefined || answer.example?.name === example);
}

function describe({ status, example }: Forced): string {
  const parts = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(example === undefined ? [] : [`example "${example}"`]),
  ];
  return parts.join(' and ');
}
