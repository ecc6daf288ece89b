import type { Oas3_1Definition } from '@redocly/openapi-core';
import type { LiveState } from '../../cli/config.ts';
import { listAnswers } from '../../openapi/answers.ts';
import { createMatcher } from '../../openapi/matcher.ts';
import type { OperationPlace } from '../../openapi/operations.ts';

/** A request, as far as it decides whether it may be sent to a live provider. */
export interface GuardedRequest {
  /** In lower case. */
  method: string;
  /** As it is sent, without the query. */
  path: string;
  headerNames: readonly string[];
  queryNames: readonly string[];
  /** None where there is no body; missing for a body that is not a form. */
  formNames: readonly string[] | undefined;
}

/** Says why a request must not be sent in a state, as the end of a sentence. `undefined`: it may be sent. */
export type RequestGuard = (request: GuardedRequest, live: LiveState) => string | undefined;

// RFC 9110, section 9.2.1, without TRACE, which returns the credentials.
const safeMethods: readonly string[] = ['get', 'head', 'options'];

// Servers resolve dot segments and empty ones, some of them after they have decoded `%2e` and `%2f`, once or twice.
const plainPath =
  /^(?:\/$|(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~!$&'()*+,=:@-]|%(?!2e|2f|5c|25|[01][\da-f]|7f)[\da-f]{2})+)+$)/i;

// Where frameworks take the method or the path of a request from, instead of its first line.
const overriding =
  /^(?:_method|x-(?:http-)?method(?:-override)?|x-(?:original|rewrite)-(?:url|uri|method))$/i;

/**
 * Creates the guard of a live provider. Only requests that the spec documents in their state, or that are in none (an
 * empty text), may be sent; unless
 * `allowWrites`, only those of them that change nothing for the customer.
 */
export function createRequestGuard(document: Oas3_1Definition, allowWrites: boolean): RequestGuard {
  const findCall = createMatcher(document);
  const inState = listAnswers(document).map(({ place, state }) => `${place.pointer} ${state}`);
  return (request, live) => {
    const place = findCall(request)?.place;
    return (
      findTrick(request) ??
      findServerGap(document, request, place) ??
      (live.state === '' || inState.includes(`${place?.pointer} ${live.state}`)
        ? undefined
        : describeOtherState(request)) ??
      (allowWrites ? undefined : findWrite(request, live, place?.operation.operationId))
    );
  };
}

function findTrick({ path, headerNames, queryNames, formNames = [] }: GuardedRequest): string | undefined {
  if (!plainPath.test(path)) {
    return `a server could resolve ${path} to another path`;
  }
  const name = [...headerNames, ...queryNames, ...formNames].find((one) => overriding.test(one));
  return name === undefined ? undefined : `a server could take another method or path from ${name}`;
}

function findServerGap(
  { servers = [] }: Oas3_1Definition,
  { method, path }: GuardedRequest,
  place: OperationPlace | undefined,
): string | undefined {
  if (place === undefined || method === 'trace') {
    return `the spec does not have ${method.toUpperCase()} ${path}`;
  }
  // Some documents repeat the server of the whole at each path.
  const own = place.operation.servers ?? place.pathItem.servers;
  const isHere =
    own === undefined || (own.length > 0 && own.every(({ url }) => servers.some((one) => one.url === url)));
  return isHere ? undefined : `${path} is not on the host of the API`;
}

function describeOtherState({ method, path }: GuardedRequest): string {
  return `the spec does not name this state for ${method.toUpperCase()} ${path}`;
}

function findWrite(
  { method, queryNames, formNames }: GuardedRequest,
  { writes, harmless = {} }: LiveState,
  operationId = '',
): string | undefined {
  const known = Object.hasOwn(harmless, operationId) ? harmless[operationId] : undefined;
  const isKnown = formNames && known && [...queryNames, ...formNames].every((name) => known.includes(name));
  return writes === undefined && (isKnown || safeMethods.includes(method))
    ? undefined
    : `${writes ?? `${method.toUpperCase()} can change something for the customer`}; --allow-writes replays it`;
}
