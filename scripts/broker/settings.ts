import { type CommandContext, SetupError } from '../cli/command.ts';

/** The options of each command that calls a broker. */
export const callOptions = {
  timeout: {
    type: 'string',
    value: 'SECONDS',
    default: '60',
    help: 'stop calling the broker after this time, retries included',
  },
  'dry-run': { type: 'boolean', help: 'print what would be sent and do not send it' },
} as const;

/** The environment variables of each command that calls a broker. */
export const callEnvironment = {
  intro: 'Environment:',
  variables: {
    PACT_BROKER_BASE_URL: 'the URL of the broker',
    PACT_BROKER_TOKEN: 'its token, or instead:',
    PACT_BROKER_USERNAME: 'its user name',
    PACT_BROKER_PASSWORD: 'its password',
    PACT_BROKER_HTTP_RETRIES: 'how often to retry if the broker does not respond (default 3; 0: never)',
    NODE_EXTRA_CA_CERTS: 'a PEM file with the certificate of your own authority, if the broker has one',
  },
} as const;

/** The same, of the commands that can fetch pacts from a broker. */
export const fetchEnvironment: { intro: string; variables: Readonly<Record<string, string>> } = {
  intro: 'Environment, with --pact-broker:',
  variables: callEnvironment.variables,
};

type Environment = CommandContext['env'];

/**
 * Reads the URL of the broker from the environment. `undefined`: it is not set.
 *
 * @throws {SetupError} for one that is not an http or https URL, or that has more than that
 */
export function readBrokerUrl({ PACT_BROKER_BASE_URL: url }: Environment): string | undefined {
  // CI sets a variable to nothing for a secret that is not there.
  if (url === undefined || url === '') {
    return undefined;
  }
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new SetupError(
      'PACT_BROKER_BASE_URL is not an http or https URL. Set it to a URL such as https://broker.example.com.',
    );
  }
  // URLs are printed, and so would they be.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL contains credentials. Remove them, and set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    );
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw new SetupError(
      'PACT_BROKER_BASE_URL has a query or a fragment, which the URL of a broker never has. Remove it. To pass a ' +
        'token, set PACT_BROKER_TOKEN.',
    );
  }
  return url.replace(/\/+$/, '');
}

/** Reads `--timeout`. */
export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new SetupError(`--timeout is "${text}", expected a number of seconds up to 3600.`);
  }
  return seconds;
}

/** Reads how often a call is retried. */
export function readRetries({ PACT_BROKER_HTTP_RETRIES: text }: Environment): number {
  const retries = text ? Number(text) : 3;
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= 20)) {
    throw new SetupError(`PACT_BROKER_HTTP_RETRIES is "${text}", expected a whole number up to 20.`);
  }
  return retries;
}

/** The options of the commands that check the pacts of a broker. */
export const verificationOptions = {
  'pact-broker': {
    type: 'boolean',
    group: 'Pacts of a Pact Broker',
    help: 'fetch the pacts of the provider from the broker at PACT_BROKER_BASE_URL',
  },
  selector: {
    type: 'string',
    value: 'JSON',
    multiple: true,
    group: 'Pacts of a Pact Broker',
    help: 'a consumer version selector (default: {"mainBranch":true} and {"deployedOrReleased":true})',
  },
  'wip-since': {
    type: 'string',
    value: 'DATE',
    group: 'Pacts of a Pact Broker',
    help: 'fetch also work in progress: the pacts of other branches since this date. Their failures are warnings',
  },
  publish: {
    type: 'boolean',
    group: 'Pacts of a Pact Broker',
    help: 'publish the results to the broker, for can-i-deploy',
  },
  'provider-version': {
    type: 'string',
    value: 'NAME',
    group: 'Pacts of a Pact Broker',
    help: 'the version of the provider (default: the commit)',
  },
  'provider-branch': {
    type: 'string',
    value: 'NAME',
    group: 'Pacts of a Pact Broker',
    help: 'its branch (default: the branch of git, or of GitHub Actions if HEAD is detached)',
  },
} as const;

/**
 * Refuses the options of a broker's pacts without `--pact-broker`.
 *
 * @throws {SetupError} that names the option
 */
export function refuseStrayOptions(options: Readonly<Record<string, unknown>>): void {
  const [, ...others] = Object.keys(verificationOptions);
  const stray = others.find((name) => options[name] !== undefined && options[name] !== false);
  if (stray !== undefined && options['pact-broker'] !== true) {
    throw new SetupError(`--${stray} works only with --pact-broker. Try --help.`);
  }
}
