import { SetupError } from '../../command.ts';
import type { Finding } from '../../finding.ts';
import type { PactDocument } from '../../pact/read-pact.ts';
import type { Mask } from '../secrets/create-mask.ts';
import { indexOf } from '../verifier/narrow-pact.ts';
import { openVerifier } from '../verifier/open-verifier.ts';
import { openForwarder } from './open-forwarder.ts';
import type { PlannedReplay } from './plan-replays.ts';
import type { Provider } from './send-request.ts';

const maxReasonLength = 2000;

/**
 * Replays interactions of a pact on a live provider. Findings: `provider.breaks-pact`, with every secret hidden.
 *
 * @throws {SetupError} when nothing answers at all, or the verifier did not verify; its message may hold secrets
 */
export async function verifyProvider(
  pact: PactDocument,
  planned: readonly PlannedReplay[],
  provider: Provider,
  mask: Mask,
): Promise<Finding[]> {
  await using forwarder = await openForwarder(planned, provider, mask);
  // The forwarder gives up first, and knows why.
  await using verifier = openVerifier({ requestTimeoutMs: provider.timeoutMs + 5_000 });
  const { url, replays, unanswered } = forwarder;
  const failed = await verifier.verify({ pact: pact.pact, replays, url });
  if (unanswered.size === planned.length) {
    const [reason] = unanswered.values();
    throw new SetupError(`${provider.baseUrl.origin} gives ${reason}. Check --base-url.`);
  }
  return failed.flatMap(({ index, reasons }) => {
    const replay = planned.find(({ interaction }) => indexOf(interaction) === index);
    const unansweredReason = unanswered.get(index);
    const told = unansweredReason === undefined ? reasons : [unansweredReason];
    return replay === undefined ? [] : [toFinding(replay, shorten(told.map(mask.apply).join('; ')), pact)];
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
