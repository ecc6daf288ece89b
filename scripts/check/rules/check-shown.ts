import { isPlainObject } from '../../spec/is-plain-object.ts';
import { readExamples } from '../../spec/read-examples.ts';
import type { MatchedInteraction, Remark } from './matched-interaction.ts';
import { readRequestBody } from './request-body.ts';

/**
 * Finds a body whose fields no example of the spec has together: client, mock and probes are tried with the examples
 * only, and would not be tried with what the consumer sends.
 */
export function checkShown(matched: MatchedInteraction): Remark[] {
  const { body } = matched.interaction.request;
  if (matched.isRequestInvalid !== 'no' || !isPlainObject(body?.value)) {
    return [];
  }
  const examples = readRequestBody(matched)?.content[body.mediaType]?.examples;
  const names = nameFields(body.value);
  const isShown = readExamples(matched.document, examples).some(
    ({ example }) => nameFields(example.value) === names,
  );
  const message = `The spec has no example of a body with just the fields ${names}. Add one to the request.`;
  return isShown ? [] : [{ message, pointer: '/request/body' }];
}

function nameFields(value: unknown): string {
  return Object.keys(value ?? {})
    .sort()
    .join(', ');
}
