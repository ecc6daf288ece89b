import { describe, expect, it } from 'vitest';
import { findMissing } from '../../../scripts/mock/simulate/find-missing.ts';
import { listAnswers } from '../../../scripts/spec/list-answers.ts';
import { readSpec } from '../../../scripts/spec/read-spec.ts';

const { spec } = await readSpec('openapi/nexudus-auth.yaml');
const answers = listAnswers(spec?.document ?? expect.fail('the spec cannot be read'));

describe('findMissing', () => {
  it('finds nothing in the spec of the toolkit', () => {
    expect(findMissing(answers)).toEqual([]);
  });

  it('names an operation, once', () => {
    const others = answers.filter(({ place }) => place.operation.operationId !== 'getBearerToken');
    expect(findMissing(others)).toEqual(['getBearerToken']);
  });

  it('names an answer that refuses, with its example', () => {
    const others = answers.filter(
      ({ place, status, example }) =>
        example?.name !== 'refresh_token_spent' &&
        !(place.operation.operationId === 'getMediaToken' && status === '401'),
    );
    expect(findMissing(others)).toEqual(['getBearerToken 400 refresh_token_spent', 'getMediaToken 401']);
  });
});
