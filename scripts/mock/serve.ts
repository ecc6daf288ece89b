import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../cli/command.ts';
import { type Finding, formatFinding } from '../cli/finding.ts';
import { type Answer, abortOnClose, readBody, toProblemAnswer, writeAnswer } from '../http/message.ts';
import { answerPreflight, corsHeaders, openServer, ownFolder } from '../http/server.ts';
import { formatTitle } from '../openapi/document.ts';
import { createQuoteMask, createRequestMask } from '../secrets/exchange.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { type Address, findWorld, keepInside, readAddress } from './control/address.ts';
import { answerAdmin, type Visit } from './control/admin.ts';
import { answerBrowser, noteRedirect } from './control/browser.ts';
import { type Control, createControl } from './control/control.ts';
import { type Fault, type Forced, makeOutage, preferForced, writeFault } from './control/forced.ts';
import { createWorlds, type Worlds } from './control/worlds.ts';
import { askPrism, refuseViolations } from './engine/answer.ts';
import { type ExampleRequest, findExampleRequest, formatCurl } from './engine/example-request.ts';
import { keyless, loadKeyReader } from './engine/key.ts';
import { createPrism } from './engine/prism.ts';
import { rememberAnswers } from './engine/remember.ts';
import { type AskedRequest, Call, type Preference } from './engine/request.ts';
import { findOwnSpec, type LoadSettings, loadSpec, type ServedSpec } from './engine/spec.ts';
import type { Mock, MockServerSettings } from './mock.ts';
import { findMissing } from './sessions/rules.ts';
import { type AskWithTokens, simulateSessions } from './sessions/sessions.ts';
import { openWorld, steer } from './world.ts';

/** What to serve, and where. */
export interface MockSettings extends MockServerSettings, LoadSettings {
  /**
   * An OpenAPI document, YAML or JSON: a path or an http(s) URL. Default: that of the `contract.config.ts` in the working
   * directory.
   */
  specFile?: string;
}

/**
 * Serves a spec as a mock, which Prism answers. Resolves once it does.
 *
 * @throws {SetupError} for a spec that is missing, broken (the message lists the findings) or without
 *   those that `simulate` needs, and for a host or a port that cannot be bound
 * @example
 * await using mock = await startMock({ specFile: 'openapi.yaml' });
 * await fetch(`${mock.url}/items/7`);
 */
export async function startMock({ specFile, ...settings }: MockSettings = {}): Promise<Mock> {
  return serveSpec(await loadSpec(specFile ?? (await findOwnSpec()), settings), settings);
}

/**
 * Serves a spec that is read already. Resolves once Prism answers.
 *
 * @throws {SetupError} for a spec that Prism can't load or that lacks what `simulate` needs, and
 *   for a host or a port that cannot be bound
 */
export async function serveSpec(spec: ServedSpec, settings: ServeSettings = {}): Promise<Mock> {
  let served = await load(spec, settings);
  const worlds = createWorlds(served.control);
  const getControl = (): Control => served.control;
  let reloaded: Promise<void> = Promise.resolve();
  const reload = async (specFile: string): Promise<void> => {
    served = await load(await loadSpec(specFile, settings), settings);
    worlds.renew(served.control);
  };
  const { onAnswer, cors = true } = settings;
  const listener = createRequestListener(() => served, worlds, { cors, onAnswer });
  const { url, close, drain } = await openServer(listener, settings);
  return {
    url,
    ...steer(() => worlds.common, getControl),
    get title() {
      return served.title;
    },
    get curl() {
      return formatCurl(url, served.example);
    },
    world: (worldSettings) => openWorld(worlds, url, getControl, worldSettings),
    reload: (specFile) => {
      // One after the other: an earlier one that takes longer must not win.
      const next = reloaded.then(() => reload(specFile));
      reloaded = next.catch(() => {});
      return next;
    },
    close,
    drain,
    [Symbol.asyncDispose]: close,
  };
}

interface ServeSettings extends MockServerSettings, LoadSettings {
  onAnswer?: OnAnswer;
}

interface Served {
  title: string;
  example: ExampleRequest;
  control: Control;
  ask: AskWithTokens;
}

async function load(spec: ServedSpec, settings: ServeSettings): Promise<Served> {
  const { simulate = false } = settings;
  const usual: Preference = {
    ...(settings.dynamic ? { dynamic: 'true' } : {}),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
  };
  const prism = createPrism(spec.document, spec.operations);
  const secrets = createSecrets(spec.document);
  const masks = { request: createRequestMask(secrets), quotes: createQuoteMask(secrets) };
  const example = findExampleRequest(spec.document);
  const missing = example === undefined ? [describeMissing(spec)] : [];
  if (missing.length > 0) {
    settings.onWarnings?.(missing);
  }
  const warnings = [...(spec.warnings ?? []), ...missing];
  const about = describe({ ...spec, warnings }, settings);
  const control = createControl(spec.document, { ...settings, masks, about });
  const remembered = rememberAnswers(
    async (call, preferred) => {
      const request = call.read();
      const preference = { ...usual, ...(preferred ?? request.preference) };
      const { dynamic = 'false' } = preference;
      const asked: AskedRequest = { ...request, preference };
      const given = await askPrism(prism, asked);
      const answer = { ...given, choice: asked.choice };
      return { answer: settings.errors ? refuseViolations(answer) : answer, isMadeUp: dynamic !== 'false' };
    },
    async () =>
      settings.dynamic || settings.errors
        ? keyless
        : loadKeyReader(spec.document, prism.operations, await spec.loadPrepared?.()),
  );
  return {
    title: formatTitle(spec.document),
    example: example ?? { method: 'GET', target: ownFolder, headers: {}, body: Buffer.of() },
    control,
    ask: simulate ? simulateSessions(remembered, requireSessions(spec)) : remembered,
  };
}

const maxWarnings = 100;

function describe(
  { file, warnings = [] }: ServedSpec,
  { simulate = false, dynamic = false, errors = false }: ServeSettings,
): NonNullable<Parameters<typeof createControl>[1]>['about'] {
  const modes = { simulate, dynamic, errors };
  return {
    specFile: file,
    modes: (['simulate', 'dynamic', 'errors'] as const).filter((mode) => modes[mode]),
    warnings: warnings.slice(0, maxWarnings).map(formatFinding),
    warningCount: warnings.length,
  };
}

// A document of webhooks alone, or one that has just been begun, has nothing to be asked for but the mock's own page.
function describeMissing({ file }: ServedSpec): Finding {
  const message = 'Found no operations under "paths". The mock responds to all requests with 404.';
  return { code: 'spec.unsupported', severity: 'warning', message, at: { file } };
}

function requireSessions({ file, document }: ServedSpec): ServedSpec['document'] {
  const missing = findMissing(document);
  if (missing.length > 0) {
    throw new SetupError(
      `The spec ${file} has no sessions to simulate: it lacks ${missing.join(', ')}. ` +
        'Add what is missing, or serve it without --simulate.',
    );
  }
  return document;
}

/** Is told of each answer before it is written. */
export type OnAnswer = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, answer: Answer) => void;

interface Outcome {
  answer: Answer;
  fault?: Fault | undefined;
}

/**
 * Builds the listener of a `node:http` server: read the request, ask for its answer or the mock itself, write it.
 *
 * @param getServed gets what is served now: a reload changes it
 */
function createRequestListener(
  getServed: () => Served,
  worlds: Worlds,
  { cors, onAnswer }: { cors: boolean; onAnswer?: OnAnswer | undefined },
): RequestListener {
  return async (incoming, response) => {
    const address = readAddress(incoming.url ?? '/', incoming.headers);
    const hasCors = cors && !isForMock(address.target);
    const { answer, fault } = await answerIncoming(incoming, response, address, hasCors, getServed(), worlds);
    onAnswer?.(incoming, answer);
    write(response, answer, hasCors ? corsHeaders(incoming.headers, answer) : {}, fault);
  };
}

// Whatever can't be written must not end the process: the client's connection is what ends.
function write(response: ServerResponse, answer: Answer, further: OutgoingHttpHeaders, fault?: Fault): void {
  try {
    if (fault === undefined) {
      writeAnswer(response, answer, further);
    } else {
      writeFault(response, answer, further, fault);
    }
  } catch {
    response.destroy();
  }
}

async function answerIncoming(
  incoming: IncomingMessage,
  response: ServerResponse,
  address: Address,
  hasCors: boolean,
  { ask, control }: Served,
  worlds: Worlds,
): Promise<Outcome> {
  const { method = 'GET' } = incoming;
  const { target, headers, by } = address;
  try {
    const body = await readBody(incoming);
    const preflight = hasCors ? answerPreflight(method, headers) : undefined;
    if (preflight !== undefined) {
      return { answer: preflight };
    }
    const visit: Visit = { control, worlds, world: findWorld(worlds, address), by };
    if (isForMock(target)) {
      return { answer: answerAdmin({ method, target, headers, body }, visit) };
    }
    const own = answerBrowser({ method, target, headers }, visit);
    const outcome =
      own === undefined
        ? await answerCall(new Call({ method, target, headers, body }), response, ask, visit)
        : { answer: own };
    return by === 'url'
      ? { ...outcome, answer: keepInside(outcome.answer, visit.world.path, headers.host) }
      : outcome;
  } catch (error) {
    return { answer: toProblemAnswer(error) };
  }
}

// These paths are for no page but the mock's own, so CORS lets no other page read them.
function isForMock(target: string): boolean {
  return target.startsWith(ownFolder);
}

async function answerCall(
  call: Call,
  response: ServerResponse,
  ask: AskWithTokens,
  visit: Visit,
): Promise<Outcome> {
  const startMs = performance.now();
  const { world } = visit;
  const forced = world.forced.take(call);
  if (forced?.latencyMs) {
    await holdBack(response, forced.latencyMs);
  }
  const answer =
    forced === undefined
      ? await ask(call, undefined, world.tokens).catch(toProblemAnswer)
      : await answerForced(call, forced, ask, visit);
  world.journal.add(call, answer, {
    fault: forced?.fault,
    durationMs: performance.now() - startMs,
    choice: answer.choice,
  });
  noteRedirect(call, answer, visit);
  return { answer, fault: forced?.fault };
}

async function answerForced(
  call: Call,
  forced: Forced,
  ask: AskWithTokens,
  { control, world }: Visit,
): Promise<Answer> {
  const answer =
    makeOutage(forced, control.answers) ??
    (await ask(call, preferForced(forced), world.tokens).catch(toProblemAnswer));
  const { retryAfterSeconds, example } = forced;
  const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return {
    ...answer,
    headers: { ...answer.headers, ...retry },
    choice: { by: 'forced', ...(example === undefined ? {} : { example }) },
  };
}

// Where nobody waits for the answer any more, as when the mock is closed, nothing is to be held back.
async function holdBack(response: ServerResponse, latencyMs: number): Promise<void> {
  const signal = abortOnClose(response);
  try {
    await delay(latencyMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}
