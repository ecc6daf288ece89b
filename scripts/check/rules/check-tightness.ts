import type { MatchedInteraction, Remark } from './matched-interaction.ts';
import { accepts, edgeTexts } from './matchers.ts';
import { listRequestValues, type RequestValue } from './request-values.ts';

/**
 * Finds where the spec takes a value of a request that the pact's rule refuses: a constraint that the consumer tests
 * pin and the spec has not, or no longer.
 *
 * Tried are edge texts, and the example with something added.
 */
export function checkTightness(matched: MatchedInteraction): Remark[] {
  if (matched.isRequestInvalid !== 'no') {
    return [];
  }
  return listRequestValues(matched).flatMap((value) => {
    const taken = findLooseText(value);
    const { title, pointer } = value;
    const message = `The spec takes ${JSON.stringify(taken)} as the ${title}, which the pact's rule refuses.`;
    return taken === undefined ? [] : [{ message, pointer }];
  });
}

function findLooseText({ example, rule, explain }: RequestValue): string | undefined {
  return [...edgeTexts, `${example}!`].find(
    (text) => rule !== undefined && !accepts(rule, example, text) && explain(text) === undefined,
  );
}
