import { SetupError } from '../command.ts';

/**
 * Parses the URL of a server that credentials may be sent to: https, or on this machine http, with a path at most.
 *
 * @param option the option that named it, for the message
 * @throws {SetupError} that says what is wrong with it
 */
export function parseServerUrl(option: string, text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new SetupError(`${option} is no URL, expected one such as https://your-space.spaces.nexudus.com.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new SetupError(
      `${option} holds more than a host and a path. Credentials come from the environment.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new SetupError(
      `${option} is ${url.origin}, expected https: credentials would cross the network in the clear. ` +
        'Only servers on this machine may do with http.',
    );
  }
  return url;
}

// RFC 6761, section 6.3, and RFC 5735, section 3.
function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
