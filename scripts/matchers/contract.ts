import { SetupError } from '../cli/command.ts';
import { formatFinding } from '../cli/finding.ts';
import { createMatcher, type FindCall } from '../openapi/matcher.ts';
import { listOperations, type OperationPlace } from '../openapi/operations.ts';
import { readSpec, type Spec } from '../openapi/read-spec.ts';
import { getValidator } from '../openapi/validator.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { type ReceivedResponse, readReceived } from './received.ts';
import { checkResponse } from './violations.ts';

/** An operation, as a test names it. `path` is that of the document, a path as it was called, or a URL. */
export type CalledOperation = string | { method: string; path?: string };

/** A document that responses are checked against. */
export interface Contract {
  file: string;
  /**
   * Lists what is wrong with a response, a sentence each.
   *
   * @throws {SetupError} where the operation is not known, or the response does not say enough of its request
   */
  check: (received: unknown, operation?: CalledOperation) => Promise<{ call: string; violations: string[] }>;
}

/** Which document, and where its API is. */
interface ContractSettings {
  specFile: string;
  overlays?: readonly string[];
  allowRemoteRefs?: boolean;
  baseUrl?: string;
}

// So many violations are shown of a response.
const maxViolations = 20;

/**
 * Reads a document that responses are checked against.
 *
 * @throws {SetupError} where it can't be read
 */
export async function loadContract({ specFile, baseUrl, ...settings }: ContractSettings): Promise<Contract> {
  const { spec, findings } = await readSpec(specFile, settings);
  if (spec === undefined) {
    throw new SetupError(`Cannot read the contract ${specFile}:\n${findings.map(formatFinding).join('\n')}`);
  }
  const { document } = spec;
  const basePath = baseUrl && new URL(baseUrl).pathname.replace(/\/$/, '');
  const findCall = createMatcher(document, basePath === undefined ? undefined : () => [basePath]);
  const checker = { spec, validator: getValidator(document, 'response'), secrets: createSecrets(document) };
  return {
    file: spec.file,
    check: async (received, operation) => {
      const response = await readReceived(received);
      const place = findPlace(spec, findCall, response, operation);
      if (typeof place === 'string') {
        return { call: 'The call', violations: [place] };
      }
      const name = place.operation.operationId === undefined ? '' : ` (${place.operation.operationId})`;
      const call = `${place.method.toUpperCase()} ${place.path}${name} returned ${response.status}`;
      const violations = [...new Set(checkResponse(checker, place, response))];
      const more = violations.length - maxViolations;
      return {
        call,
        violations: [...violations.slice(0, maxViolations), ...(more > 0 ? [`and ${more} more`] : [])],
      };
    },
  };
}

/** Finds the operation, or gives what the document does not have. */
function findPlace(
  { document, file }: Spec,
  findCall: FindCall,
  { method: sentMethod, url }: ReceivedResponse,
  operation: CalledOperation | undefined,
): OperationPlace | string {
  const places = listOperations(document);
  if (typeof operation === 'string') {
    const found = places.find((place) => place.operation.operationId === operation);
    if (found === undefined) {
      const ids = places.flatMap((place) => place.operation.operationId ?? []).join(', ');
      throw new SetupError(`There is no operation "${operation}" in ${file}. Choose from: ${ids}.`);
    }
    return found;
  }
  const { method = sentMethod, path = url } = operation ?? {};
  if (path === undefined) {
    throw new SetupError(
      'The response does not say which URL it is of: name the operation, as toMatchContract("getTrain").',
    );
  }
  const pathname = readPathname(path);
  const fitting = places.filter((place) => place.path === path);
  const others =
    fitting.length > 0
      ? fitting
      : places.filter((place) => place.path === findCall({ path: pathname })?.place.path);
  if (method === undefined && others.length > 1) {
    const methods = others.map((place) => place.method.toUpperCase()).join(' or ');
    throw new SetupError(
      `The response does not say whether it is of ${methods} ${others[0]?.path}: ` +
        'name the operation, as toMatchContract("getTrain") or toMatchContract({ method: "GET" }).',
    );
  }
  const wanted = method?.toLowerCase();
  const isMeant = (place: OperationPlace): boolean => wanted === undefined || place.method === wanted;
  const called = findCall({ path: pathname, ...(wanted === undefined ? {} : { method: wanted }) })?.place;
  return (
    (fitting.length > 0 ? fitting.find(isMeant) : called) ??
    // The path as it was called can hold secrets.
    (others.length === 0
      ? 'the document has no such path'
      : `the document has no ${method?.toUpperCase()} of ${others[0]?.path}`)
  );
}

function readPathname(path: string): string {
  return URL.parse(path, 'http://any')?.pathname ?? path;
}
