import { type AnswerCondition, type DocumentedAnswer, formatPreference } from '../../spec/list-answers.ts';
import { buildRequest } from '../build-request.ts';
import { formatCurl } from '../curl.ts';
import { findFinalStatus } from '../final-status.ts';
import type { Prism } from '../prism.ts';

/** An answer of the mock, and how to get it. */
export interface Scenario {
  operationId: string;
  /** `POST /api/token` */
  operation: string;
  /** Of a range such as `4XX`, or of `default`, a code of it that the spec does not document by itself. */
  status: number;
  /** The name of the example. Missing where the answer has no body. */
  example?: string;
  /** The state of the provider in which it answers so. */
  state?: string;
  /** What a request must hold for it, without `Prefer`. */
  condition?: AnswerCondition;
  /** A shell command that gets it. */
  curl: string;
}

/**
 * Lists all answers that a mock can give, in the order of the spec.
 *
 * @param origin of the mock, without a trailing slash
 */
export function listScenarios(
  prism: Prism,
  answers: readonly DocumentedAnswer[],
  origin: string,
): Scenario[] {
  return answers.flatMap((answer) => {
    const { place, example, state, condition } = answer;
    const status = findFinalStatus(answer);
    const operation = prism.operations.find(
      ({ method, path }) => method === place.method && path === place.path,
    );
    if (operation === undefined || status === undefined) {
      return [];
    }
    const request = buildRequest(prism, operation);
    const headers: Record<string, string> = {
      ...(request.headers as Record<string, string>),
      prefer: formatPreference({ ...answer, status: String(status) }),
    };
    return [
      {
        operationId: place.operation.operationId ?? '',
        operation: `${place.method.toUpperCase()} ${place.path}`,
        status,
        ...(example === undefined ? {} : { example: example.name }),
        ...(state === undefined ? {} : { state }),
        ...(condition === undefined ? {} : { condition }),
        curl: formatCurl(origin, { ...request, headers }),
      },
    ];
  });
}
