import type { ServerSettings } from '../http/server.ts';
import type { WorldKeys } from './control/address.ts';
import type { Clock } from './control/clock.ts';
import type { Forced } from './control/forced.ts';
import type { JournalEntry } from './control/journal.ts';
import type { TokenControl } from './control/tokens.ts';

/** Where to serve, and how. */
export interface MockServerSettings extends ServerSettings {
  /**
   * Keeps sessions: tokens are fresh, and no others are taken. It lasts until the mock is closed or reset, in memory.
   * Default: false, and each request is answered by itself.
   */
  simulate?: boolean;
  /** Makes responses up from their schemas, where a request does not prefer otherwise. Default: false. */
  dynamic?: boolean;
  /** What is made up is the same for the same seed, where a request does not prefer another. Default: none. */
  seed?: string | undefined;
  /** Responds with 500 instead of a response that breaks the spec. Default: false, and `sl-violations` says so. */
  errors?: boolean;
  /** Lets pages of other origins call the mock. Default: true. */
  cors?: boolean;
}

/** Watches and steers a mock, or one of its worlds. */
export interface MockControl {
  /** The base URL of the API, without a trailing slash, as `http://127.0.0.1:4010`. */
  url: string;
  /**
   * Lists the last 200 requests, in a world the last 100, and how they were answered, oldest first. Secrets read `***`.
   *
   * @param after leaves out those with this id and smaller ones
   */
  journal: (after?: number) => JournalEntry[];
  clearJournal: () => void;
  /**
   * Has the next calls of an operation answered so, whatever they ask for.
   *
   * @throws {Error} for another shape, and for what the spec does not document; its message lists what there is
   */
  force: (forced: Forced) => void;
  /** The mock's clock, which tokens expire by. */
  clock: Pick<Clock, 'now' | 'advanceSeconds' | 'set'>;
  /** The tokens of the simulation: a list without their texts, and one to issue, to expire or to revoke. */
  tokens: Pick<TokenControl, 'list' | 'issue' | 'expire' | 'revoke'>;
  /**
   * Issues a token that reaches a customer from outside of the API, as by e-mail: of the kind that an operation takes
   * (`x-session`) and none issues. Without `simulate`, any text does.
   *
   * @throws {Error} where the spec has no such kind
   */
  issueJwt: () => string;
  /** Forgets what is forced, what was journaled and all tokens, and puts the clock back. */
  reset: () => void;
}

/** Describes a world. */
export interface WorldSettings {
  /** The purpose of the world, such as the title of a test. The console shows it. Default: none. */
  name?: string;
}

/**
 * A part of a mock that belongs to one test: forced answers, journal, tokens and clock. Send requests to its `url`, or to
 * the mock's own URL with its `headers` or its `cookie`.
 *
 * Its functions throw once the world is disposed of, and once the mock has forgotten it (see `Mock.world`).
 */
export interface MockWorld extends MockControl, WorldKeys, Disposable {
  /** Forgets the world. Requests that name it get a 404 from then on. */
  dispose: () => void;
}

/** A mock that answers, until it is closed. Its own state is that of all requests which name no world. */
export interface Mock extends MockControl, AsyncDisposable {
  /** Title and version of the spec. */
  title: string;
  /** A shell command that gets an answer from the mock. */
  curl: string;
  /**
   * Makes a world for one test, so that tests can run in parallel against one mock. Takes less than a millisecond and
   * about 6 kB.
   *
   * Limits: 1,000 worlds at once, and then the one unused for longest is forgotten; an hour without use.
   *
   * @example
   * using world = mock.world();
   * world.force({ operationId: 'addItem', status: 503 });
   * await fetch(`${world.url}/items`, { method: 'POST' });
   */
  world: (settings?: WorldSettings) => MockWorld;
  /**
   * Lists the last 200 requests to all worlds, oldest first, each with its `world`. Secrets read `***`.
   *
   * @param after leaves out those with this id and smaller ones
   */
  worldJournal: (after?: number) => JournalEntry[];
  /**
   * Serves another spec from now on, or the same one anew, and resets the mock and all of its worlds. Of reloads at the
   * same time, the last one wins.
   *
   * @throws {SetupError} for a spec that `startMock` refuses; the mock then keeps the one that it has
   */
  reload: (specFile: string) => Promise<void>;
  /** Stops the mock within moments. Open connections are cut. */
  close: () => Promise<void>;
  /**
   * Stops the mock once the requests that are being answered have ended, for which they have `timeoutMs` milliseconds at
   * most. `close` ends the wait.
   */
  drain: (timeoutMs: number) => Promise<void>;
}
