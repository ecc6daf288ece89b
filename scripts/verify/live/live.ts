import {
  type BrokerPact,
  type FetchSettings,
  fetchPacts,
  placeAtBroker,
  type Verification,
} from '../../broker/verification.ts';
import { type CommandContext, type ExitCode, SetupError } from '../../cli/command.ts';
import type { Project } from '../../cli/config.ts';
import { type Finding, formatPath, toLine } from '../../cli/finding.ts';
import type { ToolSettings } from '../../cli/tool.ts';
import { parseServerUrl } from '../../http/server.ts';
import { readSpec } from '../../openapi/read-spec.ts';
import { readInteractions } from '../../pact/interactions.ts';
import { type PactDocument, readPact } from '../../pact/read-pact.ts';
import { openVerifier } from '../../pact/verifier/verifier.ts';
import { createLogMask } from '../../secrets/placeholders.ts';
import { createSecrets } from '../../secrets/secrets.ts';
import { type Hiding, openForwarder, type Provider } from './forwarder.ts';
import {
  checkRequirement,
  describeInteraction,
  listRequired,
  type ReplayOutcome,
  type Requirement,
  reportOutcome,
  tellPlan,
} from './outcome.ts';
import { type PlannedReplay, planReplays } from './plan.ts';
import { keepWatchIssue } from './watch.ts';

/** The options of `verify --base-url`. */
export interface LiveOptions {
  baseUrl: string;
  pact?: string | undefined;
  /** Replay only the interactions in these provider states. */
  states?: readonly string[] | undefined;
  allowWrites: boolean;
  /** What has to be replayed. Default: at least one interaction. */
  require?: Requirement | undefined;
  json: boolean;
  /** Whether to keep an issue at GitHub about the provider. Default: false. */
  keepsIssue?: boolean;
  /** Replay the pacts of a broker, instead of files. */
  broker?: Omit<FetchSettings, 'provider'>;
}

const timeoutMs = 10_000;

/**
 * Replays a pact on a live provider with credentials from the environment. Nothing that it prints or throws holds a
 * secret.
 *
 * Findings: `spec.unreadable`, `pact.unreadable`, `provider.breaks-pact`, `provider.unverified`.
 *
 * @throws {SetupError} for a URL that is not safe, a state that the pact does not name, nothing to replay, and a
 *   provider that does not answer
 */
export async function verifyLive(
  options: LiveOptions,
  project: Project,
  context: CommandContext,
): Promise<ExitCode> {
  const reading = await readSpec(project.specFile, project.readSettings);
  const secrets = createSecrets(reading.spec?.document);
  const mask = createLogMask(secrets);
  for (const secret of project.secretVariables.flatMap((name) => context.env[name]?.trim() ?? [])) {
    mask.hide(secret);
    // As HTTP Basic sends it.
    mask.hide(Buffer.from(secret).toString('base64'));
  }
  try {
    return await replay({ options, project, context }, reading, { mask, secrets });
  } catch (error) {
    // Without the cause, which could hold a secret.
    throw new SetupError(mask.apply(error instanceof Error ? error.message : String(error)));
  }
}

/** The settings of a replay. */
interface ReplayJob {
  options: LiveOptions;
  project: Project;
  context: CommandContext;
}

type Reading = Awaited<ReturnType<typeof readSpec>>;

async function replay(job: ReplayJob, reading: Reading, hiding: Hiding): Promise<ExitCode> {
  const { options, project } = job;
  if (options.broker !== undefined && reading.spec !== undefined) {
    return replayBroker({ ...job, settings: options.broker }, reading, hiding);
  }
  return end(await replayPact(options.pact ?? project.pactFile, job, reading, hiding), job);
}

async function end(outcome: ReplayOutcome, job: ReplayJob): Promise<ExitCode> {
  const { options, project, context } = job;
  const { require } = options;
  if (outcome.replays.length === 0 && outcome.findings.length === 0 && require === undefined) {
    throw new SetupError('Nothing is left to replay. The lines above say why each interaction is left out.');
  }
  // Documents that cannot be read have findings, and no interactions.
  const isRead = outcome.replays.length + outcome.leftOut.length > 0 || outcome.findings.length === 0;
  const at = { file: formatPath(project.file) };
  const missing = require === undefined || !isRead ? [] : checkRequirement(require, outcome, at);
  const whole = { ...outcome, findings: [...outcome.findings, ...missing] };
  const exitCode = reportOutcome(whole, options.json, context);
  if (options.keepsIssue) {
    await keepWatchIssue(
      {
        provider: project.config.provider,
        origin: parseServerUrl('--base-url', options.baseUrl).origin,
        pact:
          options.broker === undefined
            ? formatPath(options.pact ?? project.pactFile)
            : 'its pacts at the broker',
      },
      whole,
      context,
    );
  }
  return exitCode;
}

async function replayBroker(
  job: ReplayJob & { settings: Omit<FetchSettings, 'provider'> },
  reading: Reading,
  hiding: Hiding,
): Promise<ExitCode> {
  const { options, project, context, settings } = job;
  using fetched = await fetchPacts({ ...settings, provider: project.require('provider') }, context);
  const outcomes: ReplayOutcome[] = [];
  const verifications: Verification[] = [];
  for (const pact of fetched.pacts) {
    const outcome =
      pact.findings.length > 0 ? notRead(pact) : await replayPact(pact.file, job, reading, hiding);
    outcomes.push({ ...outcome, findings: outcome.findings.map((finding) => placeAtBroker(finding, pact)) });
    const isWhole = outcome.leftOut.length === 0 && options.states === undefined;
    if (isWhole || outcome.findings.length > 0) {
      verifications.push({ pact, findings: outcome.findings, isSuccess: outcome.findings.length === 0 });
    } else {
      context.stderr(toLine(`no result to publish: not all interactions of ${pact.name} were replayed.`));
    }
  }
  const sum: ReplayOutcome = {
    replays: outcomes.flatMap(({ replays }) => replays),
    leftOut: outcomes.flatMap(({ leftOut }) => leftOut),
    findings: outcomes.flatMap(({ findings }) => findings),
  };
  await fetched.publish(verifications);
  return end(sum, job);
}

function notRead({ findings }: BrokerPact): ReplayOutcome {
  return { replays: [], leftOut: [], findings: [...findings] };
}

async function replayPact(
  file: string,
  { options, project, context }: ReplayJob,
  { spec, findings: ofSpec }: Reading,
  hiding: Hiding,
): Promise<ReplayOutcome> {
  const provider = { baseUrl: parseServerUrl('--base-url', options.baseUrl), timeoutMs };
  const { document, findings: ofPact } = readPact(file);
  if (spec === undefined || document === undefined) {
    return { replays: [], leftOut: [], findings: [...ofSpec, ...ofPact] };
  }
  if (options.broker === undefined) {
    checkStates(document, options.states ?? []);
  }
  const { replays, leftOut } = planReplays(document.pact, {
    ...options,
    document: spec.document,
    env: context.env,
    liveStates: project.config.verify?.states ?? [],
    credentials: project.config.verify?.credentials,
  });
  const plan = {
    replays,
    leftOut: leftOut.map((one) => ({ ...one, at: document.locate(one.interaction.pointer) })),
  };
  if (options.broker === undefined) {
    listRequired(options.require?.names ?? [], plan);
  }
  tellPlan(plan, provider.baseUrl.origin, context);
  const env = project.withoutSecrets(context.env);
  const findings =
    replays.length === 0 ? [] : await verifyProvider(document, replays, provider, { hiding, env });
  return { ...plan, findings };
}

function checkStates({ pact }: PactDocument, wanted: readonly string[]): void {
  const known = new Set(readInteractions(pact).flatMap(({ states }) => states));
  const unknown = wanted.find((state) => !known.has(state));
  if (unknown !== undefined) {
    const list = [...known].map((state) => `\n  ${toLine(state)}`).join('');
    throw new SetupError(`--state: no interaction is in the state "${unknown}". The pact names:${list}`);
  }
}

const maxReasonLength = 2000;

/**
 * Replays interactions of a pact on a live provider. Findings: `provider.breaks-pact`, with every secret hidden.
 *
 * @param env the variables that Pact's verifier gets: none that holds a secret
 * @throws {SetupError} when nothing answers at all, or the verifier did not verify; its message may hold secrets
 */
export async function verifyProvider(
  pact: PactDocument,
  planned: readonly PlannedReplay[],
  provider: Provider,
  { hiding, env }: { hiding: Hiding; env: ToolSettings['env'] },
): Promise<Finding[]> {
  await using forwarder = await openForwarder(planned, provider, hiding);
  // The forwarder gives up first, and knows why.
  await using verifier = openVerifier({ requestTimeoutMs: provider.timeoutMs + 5_000, env });
  const { url, replays, unanswered } = forwarder;
  const failed = await verifier.verify({ pact: pact.pact, replays, url });
  if (unanswered.size === planned.length) {
    const [reason] = unanswered.values();
    throw new SetupError(`${provider.baseUrl.origin}: ${reason}. Check --base-url.`);
  }
  return failed.flatMap(({ index, reasons }) => {
    const replay = planned.find(({ interaction }) => interaction.index === index);
    const unansweredReason = unanswered.get(index);
    const told = unansweredReason === undefined ? reasons : [unansweredReason];
    return replay === undefined
      ? []
      : [toFinding(replay, shorten(told.map(hiding.mask.apply).join('; ')), pact)];
  });
}

// A reason can quote a body of several MiB. Cut before it is masked, a part of a secret would be shown.
function shorten(reason: string): string {
  return reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)} … (cut off)` : reason;
}

function toFinding({ interaction }: PlannedReplay, reason: string, { locate }: PactDocument): Finding {
  return {
    code: 'provider.breaks-pact',
    severity: 'error',
    message: `${describeInteraction(interaction)}: ${reason}`,
    at: locate(interaction.pointer),
  };
}
