// Loaded before all else by every Node.js process that a command starts, itself included. It writes down, a line each,
// the connections and look-ups that leave this machine, and what keeps tools from calling home where it is missing.

import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { quietEnvironment } from '../../scripts/cli/tool.ts';

const file = process.env.RECORDED_CONNECTIONS ?? '';
const who = process.argv.slice(1, 4).join(' ');
const note = (what: string): void => appendFileSync(file, `${what} by ${who}\n`);
const isLocal = (host: unknown): boolean => /^(127\.|::1$|localhost$|$)/.test(String(host ?? ''));

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  // What Node.js itself calls it with: a list of the options and the listener.
  const [options] = args.flat() as [{ host?: string; path?: string } | number | string | undefined];
  const host = typeof options === 'object' ? options?.host : args[1];
  if (!(typeof options === 'object' && options?.path !== undefined) && !isLocal(host)) {
    note(`connection to ${String(host)}`);
  }
  return Reflect.apply(connect, this, args);
};

const lookup = dns.promises.lookup;
dns.promises.lookup = ((host: string, ...rest: []) => {
  if (!isLocal(host)) {
    note(`look-up of ${host}`);
  }
  return Reflect.apply(lookup, dns.promises, [host, ...rest]);
}) as typeof lookup;

// The command itself calls nobody; what it starts has to be told.
const isStarted = process.env.RECORDED_FROM !== String(process.ppid);
if (isMainThread && isStarted) {
  for (const [name, value] of Object.entries(quietEnvironment)) {
    if (process.env[name] !== value) {
      note(`no ${name}=${value}`);
    }
  }
}
