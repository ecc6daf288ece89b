import type { Oas3_1Definition, Oas3SecurityRequirement, Oas3SecurityScheme } from '@redocly/openapi-core';
import { resolveReference } from './resolve-reference.ts';

/** What an operation asks of its caller. */
export interface SecurityModel {
  /** No credentials in any alternative. */
  isPublic: boolean;
  bearerToken: 'required' | 'optional' | 'none';
}

/**
 * Reads whether an operation needs a bearer token: the schemes http bearer, OAuth 2 and OpenID Connect take one.
 */
export function readSecurity(
  document: Oas3_1Definition,
  requirements: readonly Oas3SecurityRequirement[] = document.security ?? [],
): SecurityModel {
  const withToken = requirements.filter((requirement) =>
    Object.keys(requirement).some((name) => takesBearerToken(document, name)),
  );
  return {
    isPublic: requirements.every((requirement) => Object.keys(requirement).length === 0),
    bearerToken:
      withToken.length === 0 ? 'none' : withToken.length === requirements.length ? 'required' : 'optional',
  };
}

function takesBearerToken(document: Oas3_1Definition, name: string): boolean {
  const declared = document.components?.securitySchemes?.[name];
  if (declared === undefined) {
    return false;
  }
  const scheme = resolveReference<Oas3SecurityScheme>(document, declared);
  return scheme.type === 'http'
    ? /^bearer$/i.test(scheme.scheme)
    : /^(oauth2|openIdConnect)$/.test(scheme.type);
}
