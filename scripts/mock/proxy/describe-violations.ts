import { collectHeaderSecrets, collectSecrets } from '../../verify/secrets/collect-secrets.ts';
import { createMask } from '../../verify/secrets/create-mask.ts';
import type { JournalEntry } from '../control/journal.ts';
import type { ForwardedRequest } from './forward.ts';

/** What was asked, and what came of it. */
interface Asked {
  request: ForwardedRequest;
  status: number;
  /** Missing where the spec has no such operation. */
  operationId: string | undefined;
}

/**
 * Describes each violation on a line, as `violation: POST /api/token 400: request.body grant_type is missing`, without
 * the query and with every secret of the request hidden.
 *
 * @param violations as the header `sl-violations` has them
 */
export function describeViolations(violations: string | undefined, asked: Asked): string[] {
  if (violations === undefined) {
    return [];
  }
  const { request, status, operationId } = asked;
  const [path = ''] = request.target.split('?');
  const name = operationId === undefined ? '' : ` (${operationId})`;
  const mask = createMask();
  listSecrets(request).forEach(mask.hide);
  return (JSON.parse(violations) as JournalEntry['violations']).map(({ location, severity, message }) => {
    const what = [location.join('.'), message].filter(Boolean).join(': ');
    return mask.apply(`${severity.toLowerCase()}: ${request.method} ${path} ${status}${name}: ${what}`);
  });
}

function listSecrets({ target, rawHeaders, body, decodedBody = body }: ForwardedRequest): string[] {
  const ofHeaders = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? collectHeaderSecrets(name, rawHeaders[index + 1] ?? '') : [],
  );
  // Shorter ones are words of the messages.
  return [target, decodedBody.toString('utf8')]
    .flatMap(collectSecrets)
    .concat(ofHeaders)
    .filter(({ length }) => length > 3);
}
