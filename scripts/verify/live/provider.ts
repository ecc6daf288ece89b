import { SetupError } from '../../cli/command.ts';
import type { Finding } from '../../cli/finding.ts';
import type { ToolSettings } from '../../cli/tool.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import { openVerifier } from '../../pact/verifier/verifier.ts';
import { type Hiding, openForwarder, type Provider } from './forwarder.ts';
import type { PlannedReplay } from './plan.ts';

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
    throw new SetupError(`${provider.baseUrl.origin} gives ${reason}. Check --base-url.`);
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
  const { description, states, pointer } = interaction;
  return {
    code: 'provider.breaks-pact',
    severity: 'error',
    message: `"${description}" (${states.join(', ')}): ${reason}`,
    at: locate(pointer),
  };
}
