import type {
  Oas3_1Definition,
  Oas3Operation,
  Oas3SecurityRequirement,
  Oas3SecurityScheme,
} from '@redocly/openapi-core';
import type { SecurityScheme as CredentialPlace } from '../../src/runtime/operation.ts';
import { resolveReference } from './document.ts';

type NamedScheme = readonly [name: string, scheme: Oas3SecurityScheme];

/**
 * Lists the security schemes of a document by their names, references resolved.
 */
export function listSchemes(document: Pick<Oas3_1Definition, 'components'>): NamedScheme[] {
  return Object.entries(document.components?.securitySchemes ?? {}).map(([name, reference]) => [
    name,
    resolveReference<Oas3SecurityScheme>(document as Oas3_1Definition, reference),
  ]);
}

/**
 * Lists the security schemes of each alternative of an operation's security, by their names.
 */
export function listAlternatives(
  document: Oas3_1Definition,
  { security = document.security ?? [] }: { security?: readonly Oas3SecurityRequirement[] },
): NamedScheme[][] {
  const schemes = new Map(listSchemes(document));
  return security.map((alternative) =>
    Object.keys(alternative).flatMap((name) => {
      const scheme = schemes.get(name);
      return scheme === undefined ? [] : [[name, scheme] as const];
    }),
  );
}

/**
 * Says where a request carries the credential of a security scheme. `undefined`: nowhere, as for `mutualTLS`.
 */
export function placeCredential(scheme: Oas3SecurityScheme): CredentialPlace | undefined {
  switch (scheme.type) {
    case 'apiKey':
      return ['header', 'query', 'cookie'].includes(scheme.in)
        ? { in: scheme.in, name: scheme.name }
        : undefined;
    case 'http': {
      // RFC 9110, section 11.1: the name of a scheme is case-insensitive, but servers differ.
      const name = scheme.scheme.toLowerCase();
      return { in: 'header', name: 'Authorization', scheme: name.charAt(0).toUpperCase() + name.slice(1) };
    }
    case 'oauth2':
    case 'openIdConnect':
      return { in: 'header', name: 'Authorization', scheme: 'Bearer' };
    default:
      return undefined;
  }
}

/** Tells whether a credential is a bearer token: that of HTTP bearer, OAuth 2 and OpenID Connect is one. */
export function isBearerToken(place: CredentialPlace | undefined): boolean {
  return place?.scheme === 'Bearer';
}

/** The credentials that an operation needs. */
export interface SecurityModel {
  /** No credentials in any alternative. */
  isPublic: boolean;
  bearerToken: 'required' | 'optional' | 'none';
  /** By alternative and by scheme, where a request carries the credentials. */
  places: Record<string, CredentialPlace>[];
}

/**
 * Reads what credentials an operation needs.
 */
export function readSecurity(
  document: Oas3_1Definition,
  { security }: Pick<Oas3Operation, 'security'>,
): SecurityModel {
  const requirements = security ?? document.security ?? [];
  const places = listAlternatives(document, { security: requirements }).map((alternative) =>
    Object.fromEntries(
      alternative.flatMap(([name, scheme]) => {
        const place = placeCredential(scheme);
        return place === undefined ? [] : [[name, place] as const];
      }),
    ),
  );
  const withToken = places.filter((alternative) => Object.values(alternative).some(isBearerToken));
  return {
    isPublic: requirements.every((requirement) => Object.keys(requirement).length === 0),
    bearerToken:
      withToken.length === 0 ? 'none' : withToken.length === places.length ? 'required' : 'optional',
    places,
  };
}

/** A made-up credential, as a client is given it. */
type ExampleSecret = string | { username: string; password: string };

/** A made-up credential, as a parameter carries it. */
export interface ExampleCredential {
  /** The name of its security scheme. */
  scheme: string;
  in: CredentialPlace['in'];
  name: string;
  /** As it goes over the wire. */
  value: string;
  secret: ExampleSecret;
}

/**
 * Makes up the credentials for the first alternative of an operation's security.
 */
export function readCredentials(
  document: Oas3_1Definition,
  operation: Pick<Oas3Operation, 'security'>,
): ExampleCredential[] {
  const [alternative = []] = listAlternatives(document, operation);
  return alternative.flatMap(([name, scheme]) => {
    const place = placeCredential(scheme);
    return place === undefined ? [] : [toCredential(name, place, makeUpSecret(scheme))];
  });
}

function toCredential(scheme: string, place: CredentialPlace, secret: ExampleSecret): ExampleCredential {
  const text =
    typeof secret === 'string'
      ? secret
      : Buffer.from(`${secret.username}:${secret.password}`).toString('base64');
  return place.scheme === undefined
    ? { scheme, in: place.in, name: place.name, value: text, secret }
    : { scheme, in: place.in, name: 'authorization', value: `${place.scheme} ${text}`, secret };
}

/**
 * Makes up a credential of a security scheme.
 */
export function makeUpSecret(scheme: Oas3SecurityScheme): ExampleSecret {
  if (scheme.type === 'apiKey') {
    return 'key-1';
  }
  // RFC 7617, RFC 7616 and RFC 6750. RFC 9110, section 11.4, gives the grammar of any other scheme.
  switch (scheme.type === 'http' ? scheme.scheme.toLowerCase() : 'bearer') {
    case 'basic':
      return { username: 'user', password: 'password' };
    case 'digest':
      return 'username="user", realm="realm", nonce="nonce", uri="/", response="response"';
    default:
      return 'token-1';
  }
}
