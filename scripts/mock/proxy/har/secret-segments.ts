import type { Oas3_1Definition } from '@redocly/openapi-core';
import { listOperations } from '../../../spec/list-operations.ts';
import { matchesTemplate } from '../../../spec/match-path.ts';
import type { IsSecretName } from './secret-names.ts';

/**
 * Makes a function that finds which segments of a path are secrets by the name of their parameter, counted from 0. The
 * method of the request is no matter: a wrong one has the same path.
 */
export function createSegmentFinder(
  document: Oas3_1Definition,
  isSecretName: IsSecretName,
): (path: string) => number[] {
  const countPlaceholders = (template: string): number => template.split('{').length;
  const templates = listOperations(document)
    .map(({ path }) => path)
    .sort((one, other) => countPlaceholders(one) - countPlaceholders(other));
  return (path) => {
    const template = templates.find((one) => matchesTemplate(one, path)) ?? '';
    return template
      .split('/')
      .flatMap((segment, index) =>
        segment.startsWith('{') && isSecretName(segment.replaceAll(/[{}]/g, '')) ? [index] : [],
      );
  };
}
