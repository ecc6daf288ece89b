import type { RequestListener } from 'node:http';
import { SetupError } from '../command.ts';
import { formatTitle } from '../spec/format-title.ts';
import { rememberAnswers } from './answer-memo.ts';
import { askPrism } from './ask-prism.ts';
import type { ExampleRequest } from './build-request.ts';
import type { ServedSpec } from './compiled-spec.ts';
import { type Control, createControl } from './control/control.ts';
import { readForced } from './control/read-forced.ts';
import { formatCurl } from './curl.ts';
import { findExampleRequest } from './example-request.ts';
import { createRequestListener, type OnAnswer } from './handle-request.ts';
import { loadSpec } from './load-spec.ts';
import type { Mock, MockServerSettings } from './mock.ts';
import { openServer } from './open-server.ts';
import { isDynamic, readPreference } from './preference.ts';
import { createPrism, type Prism } from './prism.ts';
import { refusePlainly } from './problem.ts';
import { createHide } from './proxy/hide-secrets.ts';
import { readRequest } from './read-request.ts';
import { findMissing } from './simulate/find-missing.ts';
import { issueJwt } from './simulate/issue-jwt.ts';
import { simulateSessions } from './simulate/simulate-sessions.ts';

/**
 * Serves a spec that is read already. Resolves once Prism answers.
 *
 * @throws {SetupError} for a spec without operations or that Prism can't load or that lacks what `simulate` needs, and
 *   for a host or a port that cannot be bound
 */
export async function serveSpec(spec: ServedSpec, settings: ServeSettings = {}): Promise<Mock> {
  let served = await load(spec, settings);
  let reloaded: Promise<void> = Promise.resolve();
  const reload = async (specFile: string): Promise<void> => {
    served = await load(await loadSpec(specFile), settings);
  };
  const listener: RequestListener = (request, response) => served.listener(request, response);
  const { url, close } = await openServer(listener, settings);
  return {
    url,
    get title() {
      return served.title;
    },
    get curl() {
      return formatCurl(url, served.example);
    },
    journal: () => served.control.journal.list(),
    clearJournal: () => served.control.journal.clear(),
    force: (forced) =>
      refusePlainly(() => served.control.forced.add(readForced(forced, served.control.answers))),
    clock: {
      now: () => served.control.clock.now(),
      advanceSeconds: (seconds) => refusePlainly(() => served.control.clock.advanceSeconds(seconds)),
      set: (now) => refusePlainly(() => served.control.clock.set(now)),
    },
    issueJwt: () => issueJwt(served.control.tokens),
    reset: () => served.control.reset(),
    reload: (specFile) => {
      // One after the other: an earlier one that takes longer must not win.
      const next = reloaded.then(() => reload(specFile));
      reloaded = next.catch(() => {});
      return next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface ServeSettings extends MockServerSettings {
  onAnswer?: OnAnswer;
}

interface Served {
  title: string;
  example: ExampleRequest;
  control: Control;
  listener: RequestListener;
}

async function load(spec: ServedSpec, settings: ServeSettings): Promise<Served> {
  const { simulate = false, onAnswer } = settings;
  const prism = await loadPrism(spec);
  const control = createControl(spec.document, prism, { ...settings, hide: createHide(spec.document) });
  const remembered = rememberAnswers(async (raw) => {
    const request = readRequest(raw);
    return { answer: await askPrism(prism, request), isMadeUp: isDynamic(readPreference(request)) };
  });
  const ask = simulate ? simulateSessions(remembered, requireSessions(spec, control)) : remembered;
  return {
    title: formatTitle(spec.document),
    example: await requireExample(spec, prism),
    control,
    listener: createRequestListener(ask, control, onAnswer),
  };
}

async function requireExample({ file }: ServedSpec, prism: Prism): Promise<ExampleRequest> {
  const example = await findExampleRequest(prism);
  if (example === undefined) {
    throw new SetupError(
      `The spec ${file} has no operations: add one under "paths", or name another spec with --spec.`,
    );
  }
  return example;
}

function requireSessions({ file }: ServedSpec, control: Control): Control {
  const missing = findMissing(control.answers);
  if (missing.length > 0) {
    throw new SetupError(
      `The spec ${file} has no sessions to simulate: it lacks ${missing.join(', ')}. ` +
        "Serve it without --simulate, or the toolkit's own spec with it.",
    );
  }
  return control;
}

/**
 * Loads Prism with a spec.
 *
 * @throws {SetupError} for one that Prism can't load
 */
export async function loadPrism({ file, document, operations }: ServedSpec): Promise<Prism> {
  try {
    return await createPrism(document, operations);
  } catch (cause) {
    throw new SetupError(`Prism cannot load the spec ${file}: ${(cause as Error).message}`, { cause });
  }
}
