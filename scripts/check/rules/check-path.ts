import { matchesTemplate } from '../../spec/match-path.ts';
import type { MatchedInteraction, Remark } from './matched-interaction.ts';
import { sampleTexts } from './matchers.ts';

/**
 * Holds the path of a request, and each path that its rule allows, against the template and the path parameters.
 */
export function checkPath(matched: MatchedInteraction): Remark[] {
  const { path, rules } = matched.interaction.request;
  const paths = [path, ...(rules.path === undefined ? [] : sampleTexts(rules.path))];
  const [remark] = paths.flatMap((one) => explainPath(matched, one) ?? []);
  return remark === undefined ? [] : [{ message: remark, pointer: '/request/path' }];
}

function explainPath({ place, parameters, validator }: MatchedInteraction, path: string): string | undefined {
  if (!matchesTemplate(place.path, path)) {
    return `The rule of the path allows ${JSON.stringify(path)}, which is not ${place.path}.`;
  }
  const segments = path.split('/');
  const reasons = place.path.split('/').flatMap((segment, at) => {
    const parameter = parameters.find(({ name, in: part }) => part === 'path' && segment === `{${name}}`);
    const text = segments[at] ?? '';
    const reason = parameter && validator.explainText(parameter.schema ?? {}, text);
    return reason === undefined
      ? []
      : [`The path parameter ${parameter?.name} "${text}" is refused: ${reason}.`];
  });
  return reasons[0];
}
