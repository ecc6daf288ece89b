import { type DocumentedAnswer, isAnswer } from '../../spec/list-answers.ts';
import { rules } from './rules.ts';

/**
 * Names what a simulation needs and a spec doesn't have: operations, and answers that refuse.
 *
 * @returns as `getMediaToken` and `getMediaToken 401`; empty where the spec has all
 */
export function findMissing(answers: readonly DocumentedAnswer[]): string[] {
  const missing = rules.flatMap(({ operationId, refusal }) => {
    const own = answers.filter(({ place }) => place.operation.operationId === operationId);
    if (own.length === 0) {
      return [operationId];
    }
    const isDocumented = own.some((answer) => isAnswer(answer, refusal));
    return isDocumented ? [] : [[operationId, refusal.status, refusal.example].filter(Boolean).join(' ')];
  });
  return [...new Set(missing)];
}
