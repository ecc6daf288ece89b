import type { Oas3_1Definition, Oas3SecurityScheme } from '@redocly/openapi-core';
import { resolveReference } from './document.ts';
import type { OperationPlace } from './operations.ts';

/** A made-up credential, as a parameter carries it. */
export interface ExampleCredential {
  /** The name of its security scheme. */
  scheme: string;
  in: 'header' | 'query' | 'cookie';
  name: string;
  /** As it goes over the wire. */
  value: string;
  /** As a client is given it. */
  secret: string | { username: string; password: string };
}

/**
 * Lists the security schemes of each alternative of an operation's security, by their names.
 */
export function listAlternatives(
  document: Oas3_1Definition,
  { operation }: Pick<OperationPlace, 'operation'>,
): (readonly [name: string, scheme: Oas3SecurityScheme])[][] {
  return (operation.security ?? document.security ?? []).map((alternative) =>
    Object.keys(alternative).flatMap((name) => {
      const scheme = document.components?.securitySchemes?.[name];
      return scheme === undefined
        ? []
        : [[name, resolveReference<Oas3SecurityScheme>(document, scheme)] as const];
    }),
  );
}

/**
 * Makes up what the first alternative of an operation's security asks for.
 */
export function readCredentials(document: Oas3_1Definition, place: OperationPlace): ExampleCredential[] {
  const [alternative = []] = listAlternatives(document, place);
  return alternative.flatMap(([name, scheme]) => toCredential(name, scheme));
}

/**
 * Writes the name of an HTTP scheme as most servers have it. RFC 9110, section 11.1: case has no meaning, but servers differ.
 */
export function nameScheme(scheme: string): string {
  const name = scheme.toLowerCase();
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function toCredential(schemeName: string, scheme: Oas3SecurityScheme): ExampleCredential[] {
  const carry = (
    name: string,
    secret: ExampleCredential['secret'],
    text = String(secret),
  ): ExampleCredential[] => [
    { scheme: schemeName, in: 'header', name: 'authorization', value: `${name} ${text}`, secret },
  ];
  switch (scheme.type) {
    case 'apiKey':
      return [{ scheme: schemeName, in: scheme.in, name: scheme.name, value: 'key-1', secret: 'key-1' }];
    case 'oauth2':
    case 'openIdConnect':
      return carry('Bearer', 'token-1');
    case 'http':
      break;
    default:
      // What a certificate says, no header does.
      return [];
  }
  // RFC 7617, RFC 7616 and RFC 6750; of any other scheme, RFC 9110, section 11.4, gives the grammar.
  switch (scheme.scheme.toLowerCase()) {
    case 'basic':
      return carry(
        'Basic',
        { username: 'user', password: 'password' },
        Buffer.from('user:password').toString('base64'),
      );
    case 'digest':
      return carry('Digest', 'username="user", realm="realm", nonce="nonce", uri="/", response="response"');
    case 'bearer':
      return carry('Bearer', 'token-1');
    default:
      return carry(nameScheme(scheme.scheme), 'token-1');
  }
}
