import type { Oas3_1Definition } from '@redocly/openapi-core';

/**
 * Names a spec for people, by its title and version.
 */
export function formatTitle({ info }: Oas3_1Definition): string {
  const { title = 'an API', version = '' } = info ?? {};
  return `${title} ${version}`.trim();
}
