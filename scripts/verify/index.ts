import { type CommandContext, type ExitCode, parseOptions, SetupError } from '../command.ts';

/** The text of `verify --help`. */
export const usage: string = `Usage: nexudus-auth-contract verify --base-url URL [options]
       nexudus-auth-contract verify --har FILE [options]

Checks a running provider, or traffic that was recorded with one, against the contract.

Replay a pact on a provider:
  --base-url URL   the provider, such as https://your-space.spaces.nexudus.com
  --pact FILE      another pact (default: the bundled one, which covers the auth API of Nexudus)
  --state NAME     only interactions in this provider state; can be repeated
  --allow-writes   also those that change something for the customer, such as spending a refresh token

Sends only requests that the toolkit's spec has for their state. Without --allow-writes, sends only GET, HEAD and
OPTIONS, and other operations that are known to change nothing.

Credentials come from the environment. What lacks its own is left out, and so are states that no client can
bring a provider into:
  NEXUDUS_BEARER_TOKEN                    media tokens and one-time tokens
  NEXUDUS_USERNAME, NEXUDUS_PASSWORD      sign-ins, with --allow-writes
  NEXUDUS_TOTP                            sign-ins of a customer who has 2FA on, with --allow-writes
  NEXUDUS_CLIENT_ID, NEXUDUS_REFRESH_TOKEN  a refresh, with --allow-writes
  NEXUDUS_ONE_TIME_JWT                    an exchange, with --allow-writes
  NEXUDUS_ONE_TIME_TOKEN                  the redirect to a server-rendered page
  NEXUDUS_MEDIA_TOKEN, NEXUDUS_INVOICE_ID an invoice as a PDF

Compare recorded traffic with the spec:
  --har FILE       a HAR file, as browsers export it
  --spec FILE      another spec (default: the bundled one)
  --server URL     look only at requests under this URL

  --json           print the results as one JSON document

No secret is printed.

Exit code: 0 clean, 1 findings, 2 wrong usage or a broken setup.`;

/**
 * Verifies a live provider or recorded traffic. What does the work is loaded late, so that help needs no other package.
 *
 * @throws {SetupError} for wrong usage or a broken setup
 */
export async function run(args: string[], context: CommandContext): Promise<ExitCode> {
  const options = parseOptions(args, {
    'base-url': { type: 'string' },
    pact: { type: 'string' },
    state: { type: 'string', multiple: true },
    'allow-writes': { type: 'boolean' },
    har: { type: 'string' },
    spec: { type: 'string' },
    server: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { 'base-url': baseUrl, har, pact, spec, server, json } = options;
  if (baseUrl !== undefined && har === undefined) {
    refuseOptions(options, ['spec', 'server'], '--har');
    const { state: states, 'allow-writes': allowWrites = false } = options;
    const { verifyLive } = await import('./verify-live.ts');
    return verifyLive({ baseUrl, pact, states, allowWrites, json }, context);
  }
  if (har !== undefined && baseUrl === undefined) {
    refuseOptions(options, ['pact', 'state', 'allow-writes'], '--base-url');
    const { verifyTraffic } = await import('./verify-traffic.ts');
    return verifyTraffic({ har, spec, server, json }, context);
  }
  throw new SetupError('Give either --base-url or --har. Try --help.');
}

function refuseOptions(options: Record<string, unknown>, names: readonly string[], mode: string): void {
  const stray = names.find((name) => options[name] !== undefined);
  if (stray !== undefined) {
    throw new SetupError(`--${stray} goes with ${mode} only. Try --help.`);
  }
}
