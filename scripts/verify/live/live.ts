import { type CommandContext, type ExitCode, SetupError } from '../../cli/command.ts';
import type { Project } from '../../cli/config.ts';
import { type Finding, formatFinding, toLine } from '../../cli/finding.ts';
import { formatFindingCount, formatJson } from '../../cli/output.ts';
import { parseServerUrl } from '../../http/server.ts';
import { readSpec } from '../../openapi/read-spec.ts';
import { readInteractions } from '../../pact/interactions.ts';
import { type PactDocument, readPact } from '../../pact/read-pact.ts';
import { createLogMask } from '../../secrets/placeholders.ts';
import { createSecrets } from '../../secrets/secrets.ts';
import type { Hiding } from './forwarder.ts';
import { type LeftOut, type PlannedReplay, planReplays } from './plan.ts';
import { verifyProvider } from './provider.ts';

/** The options of `verify --base-url`. */
export interface LiveOptions {
  baseUrl: string;
  pact?: string | undefined;
  /** Replay only the interactions in these provider states. */
  states?: readonly string[] | undefined;
  allowWrites: boolean;
  json: boolean;
}

const timeoutMs = 10_000;

/**
 * Replays a pact on a live provider with credentials from the environment. Nothing that it prints or throws holds a
 * secret.
 *
 * Findings: `spec.unreadable`, `pact.unreadable`, `provider.breaks-pact`.
 *
 * @throws {SetupError} for a URL that is not safe, a state that the pact does not name, nothing to replay, and a
 *   provider that does not answer
 */
export async function verifyLive(
  options: LiveOptions,
  project: Project,
  context: CommandContext,
): Promise<ExitCode> {
  const reading = await readSpec(project.specFile);
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

async function replay(
  { options, project, context }: { options: LiveOptions; project: Project; context: CommandContext },
  { spec, findings: ofSpec }: Awaited<ReturnType<typeof readSpec>>,
  hiding: Hiding,
): Promise<ExitCode> {
  const provider = { baseUrl: parseServerUrl('--base-url', options.baseUrl), timeoutMs };
  const { document, findings: ofPact } = readPact(options.pact ?? project.pactFile);
  if (spec === undefined || document === undefined) {
    return report({ replays: [], leftOut: [], findings: [...ofSpec, ...ofPact] }, options, context);
  }
  checkStates(document, options.states ?? []);
  const plan = planReplays(document.pact, {
    ...options,
    document: spec.document,
    env: context.env,
    liveStates: project.config.verify?.states ?? [],
    credentials: project.config.verify?.credentials,
  });
  for (const { interaction, reason } of plan.leftOut) {
    const { description, states } = interaction;
    context.stderr(toLine(`left out: "${description}" (${states.join(', ')}): ${reason}.`));
  }
  if (plan.replays.length === 0) {
    throw new SetupError('Nothing is left to replay. The lines above say why each interaction is left out.');
  }
  context.stderr(`Replaying ${plan.replays.length} interactions on ${provider.baseUrl.origin} …`);
  const env = project.withoutSecrets(context.env);
  const broken = await verifyProvider(document, plan.replays, provider, { hiding, env });
  return report({ ...plan, findings: broken }, options, context);
}

function checkStates({ pact }: PactDocument, wanted: readonly string[]): void {
  const known = new Set(readInteractions(pact).flatMap(({ states }) => states));
  const unknown = wanted.find((state) => !known.has(state));
  if (unknown !== undefined) {
    const list = [...known].map((state) => `\n  ${toLine(state)}`).join('');
    throw new SetupError(`--state: no interaction is in the state "${unknown}". The pact names:${list}`);
  }
}

function report(
  { replays, leftOut, findings }: { replays: PlannedReplay[]; leftOut: LeftOut[]; findings: Finding[] },
  { json }: LiveOptions,
  { stdout }: CommandContext,
): ExitCode {
  if (json) {
    const replayed = replays.map(({ interaction }) => nameInteraction(interaction));
    const notReplayed = leftOut.map(({ interaction, reason }) => ({
      ...nameInteraction(interaction),
      reason,
    }));
    stdout(formatJson({ replayed, leftOut: notReplayed, findings }));
  } else {
    for (const finding of findings) {
      stdout(formatFinding(finding));
    }
    stdout(
      `${replays.length} interactions replayed, ${leftOut.length} left out, ${formatFindingCount(findings)}`,
    );
  }
  return findings.length > 0 ? 1 : 0;
}

function nameInteraction({ description, states }: PlannedReplay['interaction']): object {
  return { description, states };
}
