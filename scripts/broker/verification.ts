import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type CommandContext, type OptionValues, SetupError } from '../cli/command.ts';
import { type Finding, toLine } from '../cli/finding.ts';
import { readManifest } from '../cli/toolkit.ts';
import { readInteractions } from '../pact/interactions.ts';
import { readPact } from '../pact/read-pact.ts';
import { type BrokerClient, connectBroker } from './client.ts';
import { findUncommitted, readBranch, readCommit } from './git.ts';
import { BrokerRefusal, findLink, type Link, type Resource } from './resource.ts';
import type { verificationOptions } from './settings.ts';

/** A pact of the broker, in a file of its own. */
export interface BrokerPact {
  file: string;
  /** Its URL at the broker, for people. */
  url: string;
  /** `Pact between shop (1) and bank`. */
  name: string;
  /** Whether a failure is the consumer's problem alone, because the provider has never worked with this pact. */
  isPending: boolean;
  /** Why it is not a Pact file. Default: nothing. */
  findings: readonly Finding[];
  /** Where its results go. */
  results: Link;
}

/** The result of checking a pact. */
export interface Verification {
  pact: BrokerPact;
  isSuccess: boolean;
  /** What the broker shows of it. They hold no secret. */
  findings: readonly Finding[];
}

/** The pacts of a provider, until they are disposed of. */
export interface BrokerPacts extends Disposable {
  pacts: readonly BrokerPact[];
  /** Hides the credentials of the broker. */
  mask: (text: string) => string;
  /** Publishes results as verifications by this version of the provider, if `--publish` says so. */
  publish: (verifications: readonly Verification[]) => Promise<void>;
}

/** Which pacts are fetched, and for whom. */
export interface FetchSettings {
  options: OptionValues<typeof verificationOptions>;
  /** The name of the provider, as the broker knows it. */
  provider: string;
  /** The file whose commit is the version of the provider, such as its spec. Default: any file of the working directory. */
  subject?: string;
}

/**
 * Fetches the pacts of a provider that its consumers have published, as the selectors choose them.
 *
 * @throws {SetupError} when no broker responds, it takes no credentials or selectors, or has no pact
 */
export async function fetchPacts(settings: FetchSettings, context: CommandContext): Promise<BrokerPacts> {
  const { options, provider } = settings;
  const folder = dirname(resolve(settings.subject ?? 'x'));
  const branch = options['provider-branch'] ?? readBranch(folder, context.env, '--provider-branch');
  const version = options.publish ? readVersion(settings, folder) : undefined;
  const selection = { ...readSelection(options), providerVersionBranch: branch, includePendingStatus: true };
  const broker = await connectBroker({ timeout: '60' }, context);
  const chosen = await choosePacts(broker, provider, selection);
  const target = mkdtempSync(join(tmpdir(), 'contract-kit-broker-'));
  const remove = (): void => rmSync(target, { recursive: true, force: true });
  try {
    const pacts: BrokerPact[] = [];
    for (const one of chosen) {
      const pact = await fetchPact(broker, one, join(target, `${pacts.length}.json`));
      if (pact === undefined) {
        context.stderr(toLine(`left out: ${one._links.self.name} has no HTTP interaction.`));
      } else {
        context.stderr(toLine(`${pact.name}${pact.isPending ? ', pending' : ''}`));
        pacts.push(pact);
      }
    }
    const publish = async (verifications: readonly Verification[]): Promise<void> => {
      if (version !== undefined) {
        await publishResults(broker, { provider, branch, version }, verifications, context);
      }
    };
    return { pacts, publish, mask: broker.mask, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Names the broker as the place of a finding in one of its pacts. Findings in a pending pact are warnings. */
export function placeAtBroker(finding: Finding, { url, isPending }: BrokerPact): Finding {
  const { pointer } = finding.at;
  return {
    ...finding,
    severity: isPending ? 'warning' : finding.severity,
    at: { file: url, ...(pointer === undefined ? {} : { pointer }) },
  };
}

function readVersion({ options, subject }: FetchSettings, folder: string): string {
  const given = options['provider-version'];
  if (given !== undefined) {
    return given;
  }
  const commit = readCommit(folder, '--provider-version');
  if (subject !== undefined && findUncommitted(folder, [basename(subject)]).length > 0) {
    throw new SetupError(
      `Cannot publish under commit ${commit}: ${subject} differs from that commit. Commit it, or pass another version ` +
        'with --provider-version.',
    );
  }
  return commit;
}

function readSelection({ selector, 'wip-since': since }: FetchSettings['options']): object {
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new SetupError(`--wip-since is "${since}", expected a date, such as 2026-01-31.`);
  }
  return {
    consumerVersionSelectors: selector?.map(readSelector) ?? [
      { mainBranch: true },
      { deployedOrReleased: true },
    ],
    ...(since === undefined ? {} : { includeWipPactsSince: since }),
  };
}

function readSelector(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // Refused below, as what is JSON and no object.
  }
  throw new SetupError(`--selector is ${text}, expected a JSON object, such as '{"mainBranch":true}'.`);
}

/** A pact in the broker's list, as far as it is read. */
interface ListedPact {
  verificationProperties?: { pending?: boolean };
  _links: { self: Link };
}

async function choosePacts(broker: BrokerClient, provider: string, selection: object): Promise<ListedPact[]> {
  const link = findLink(broker.index, 'pb:provider-pacts-for-verification');
  const list = await broker
    .call(link, { method: 'POST', body: selection, values: { provider } })
    .catch((error: Error) => {
      throw error instanceof BrokerRefusal ? explainRefusal(error) : error;
    });
  const { pacts = [] } = (list._embedded ?? {}) as { pacts?: ListedPact[] };
  if (pacts.length === 0) {
    throw new SetupError(
      `The broker has no pact with the provider "${provider}" that the selectors choose. Publish one, ` +
        'correct the name of the provider, or choose others with --selector.',
    );
  }
  return pacts;
}

function explainRefusal({ status, message }: BrokerRefusal): SetupError {
  const hint =
    status === 404
      ? 'Publish a pact of a consumer first, or correct the name of the provider.'
      : 'Correct --selector or --wip-since.';
  return new SetupError(`The broker gives no pacts (${status}): ${toLine(message)}. ${hint}`);
}

// `undefined`: it has messages only.
async function fetchPact(
  broker: BrokerClient,
  { _links: { self }, verificationProperties = {} }: ListedPact,
  file: string,
): Promise<BrokerPact | undefined> {
  const { _links: links, createdAt, ...pact } = await broker.call(self);
  writeFileSync(file, JSON.stringify(pact));
  const { document, findings } = readPact(file);
  const hasMessagesOnly = document !== undefined && readInteractions(document.pact).length === 0;
  if (document === undefined || hasMessagesOnly) {
    // The folder is checked as a whole.
    rmSync(file);
  }
  if (hasMessagesOnly) {
    return undefined;
  }
  return {
    file,
    findings,
    name: self.name ?? 'a pact',
    // What follows it says why the broker chose this pact.
    url: self.href.replace(/\/metadata\/[^/]*$/, ''),
    isPending: verificationProperties.pending === true,
    results: findLink({ _links: links ?? {} }, 'pb:publish-verification-results'),
  };
}

interface ProviderVersion {
  provider: string;
  branch: string;
  version: string;
}

async function publishResults(
  broker: BrokerClient,
  { provider, branch, version }: ProviderVersion,
  verifications: readonly Verification[],
  { stderr }: CommandContext,
): Promise<void> {
  try {
    // Before the results: webhooks and pending pacts go by the branch.
    const place = findLink(broker.index, 'pb:pacticipant-branch-version');
    await broker.call(place, { method: 'PUT', body: {}, values: { pacticipant: provider, branch, version } });
    for (const verification of verifications) {
      const body = toResult(verification, version);
      await broker.call(verification.pact.results, { method: 'POST', body });
      const verdict = verification.isSuccess ? 'success' : 'failure';
      stderr(toLine(`published: ${verification.pact.name}, ${verdict} with ${provider} ${version}`));
    }
  } catch (error) {
    throw error instanceof BrokerRefusal
      ? new SetupError(`The broker did not take the results (${error.status}): ${toLine(error.message)}`)
      : error;
  }
}

/** @see https://docs.pact.io/pact_broker/api/publish_verification_results */
function toResult({ isSuccess, findings }: Verification, version: string): Resource {
  const { name, version: ownVersion } = readManifest();
  return {
    success: isSuccess,
    providerApplicationVersion: version,
    verifiedBy: { implementation: name, version: ownVersion },
    testResults: findings.map(({ code, severity, message }) => ({
      success: severity !== 'error',
      code,
      message,
    })),
  };
}
