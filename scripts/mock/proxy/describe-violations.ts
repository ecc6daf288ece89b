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

// Each is looked for in each line, in all the ways in which it can be encoded.
const maxSecrets = 1000;

/**
 * Describes each violation on a line, as `violation: POST /api/token 400: request.body grant_type is missing`, without
 * the query and with every secret of the request hidden. Of a request with more than a thousand of them, it says no
 * more than that.
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
  const secrets = new Set(listSecrets(request));
  const isCrowded = secrets.size > maxSecrets;
  (isCrowded ? [] : secrets).forEach(mask.hide);
  return (JSON.parse(violations) as JournalEntry['violations']).map(({ location, severity, message }) => {
    if (isCrowded) {
      const reason = `Not shown, since the request has more than ${maxSecrets} secrets.`;
      return `${severity.toLowerCase()}: ${request.method} ${status}${name}: ${location[0]}: ${reason}`;
    }
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
