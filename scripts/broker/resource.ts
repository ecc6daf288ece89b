import { type CommandContext, type ExitCode, SetupError } from '../cli/command.ts';
import { toLine } from '../cli/finding.ts';

/** A link of the broker. A templated one has `{name}` in place of a value. */
export interface Link {
  href: string;
  name?: string;
}

/** A resource of the broker: its fields, and the links by their relation, such as `pb:environments`. */
export interface Resource {
  _links?: Readonly<Record<string, Link | readonly Link[]>>;
  [field: string]: unknown;
}

/** The broker's reasons for refusing a request, in its words. They hold no secret. */
export class BrokerRefusal extends Error {
  override name = 'BrokerRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Finds a link of a resource.
 *
 * @throws {SetupError} when the broker is too old to have it
 */
export function findLink({ _links: links = {} }: Resource, relation: string): Link {
  const [link] = [links[relation] ?? []].flat() as Link[];
  if (link === undefined) {
    throw new SetupError(`The broker has no link ${relation}. Update the broker: Pact Broker 2.120 has it.`);
  }
  return link;
}

/** Prints what the broker says about what it did. */
export function printNotices(
  { notices }: Resource,
  { mask }: { mask: (text: string) => string },
  { stdout }: Pick<CommandContext, 'stdout'>,
): void {
  const told = Array.isArray(notices) ? notices.map((notice: { text?: unknown }) => String(notice.text)) : [];
  stdout(toLines(mask(told.join('\n'))) || 'The broker has taken it.');
}

/**
 * Runs calls, and prints what the broker says when it refuses one. Resolves to their exit code, or to 1.
 */
export async function reportRefusal(
  { stdout }: Pick<CommandContext, 'stdout'>,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof BrokerRefusal)) {
      throw error;
    }
    stdout(`The broker refused (${error.status}):\n${toLines(error.message)}`);
    return 1;
  }
}

/** Makes a text of the broker, which quotes pacts, safe for the lines of a terminal. */
export function toLines(text: string): string {
  return text.trim().split('\n').map(toLine).join('\n');
}

/** Parses what the broker sent. `undefined`: it is not a JSON object. */
export function parseResource(text: string): Resource | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Resource) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lists why the broker refuses a request, a line each. `errors` is a list for some resources, and by field for others;
 * `notices` says the same, with the difference of two pacts.
 */
export function listReasons({ error, errors, notices }: Resource = {}): string {
  const told = Array.isArray(notices)
    ? notices.map(({ text }) => text)
    : [
        error ?? [],
        Array.isArray(errors) ? errors : Object.entries((errors ?? {}) as object).map(formatError),
      ];
  return told.flat().map(String).join('\n');
}

function formatError([field, reasons]: [string, unknown]): string {
  return `${field} ${[reasons].flat().join(', ')}`;
}
