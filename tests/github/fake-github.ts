import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { serve } from '../verify/serve.ts';

/** A comment or an issue. */
export interface FakeEntry {
  id: number;
  number: number;
  title?: string;
  body: string;
  state?: 'open' | 'closed';
  labels?: string[];
  user: { login: string; type: string };
  /** The comments of an issue, in order. */
  said?: string[];
}

/** A GitHub that holds the comments of pull request 12, and the issues, of one repository. */
export interface FakeGitHub {
  /** The variables of a job that may write there, for a pull request. */
  env: Record<string, string>;
  comments: FakeEntry[];
  issues: FakeEntry[];
  /** Each request, as `METHOD /path`. */
  requests: string[];
}

const app = { login: 'github-actions[bot]', type: 'Bot' };

/**
 * Serves a GitHub until the test ends.
 *
 * @param refuses the status of all that writes. Default: it takes everything
 * @param login whom the token belongs to. Default: an app
 */
export async function serveGitHub({
  refuses,
  login,
}: {
  refuses?: number;
  login?: string;
} = {}): Promise<FakeGitHub> {
  const github: Omit<FakeGitHub, 'env'> = { comments: [], issues: [], requests: [] };
  const user = login === undefined ? app : { login, type: 'User' };
  let lastId = 100;
  const add = (entries: FakeEntry[], rest: Partial<FakeEntry>): FakeEntry => {
    lastId += 1;
    const entry = { id: lastId, number: lastId, body: '', user, ...rest };
    entries.push(entry);
    return entry;
  };
  const find = (entries: FakeEntry[], id: string | undefined): FakeEntry => {
    const entry = entries.find((one) => one.id === Number(id));
    if (entry === undefined) {
      throw new Error(`There is no ${id}.`);
    }
    return entry;
  };
  const act = (method: string, path: string, body: Partial<FakeEntry>): unknown => {
    const [, id] = /(\d+)/.exec(path) ?? [];
    switch (`${method} ${path.replace(/\d+/, 'N')}`) {
      case 'POST issues/N/comments':
        return id === '12' ? add(github.comments, body) : find(github.issues, id).said?.push(body.body ?? '');
      case 'PATCH issues/comments/N':
        return Object.assign(find(github.comments, id), body);
      case 'POST issues':
        return add(github.issues, { state: 'open', said: [], ...body });
      case 'PATCH issues/N':
        return Object.assign(find(github.issues, id), body);
      default:
        throw new Error(`Nobody expects ${method} ${path}.`);
    }
  };
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', `http://${headers.host}`);
    const end = (status: number, body: unknown, more = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
    };
    github.requests.push(`${method} ${url.pathname}`);
    if (headers.authorization !== 'Bearer sekret-token') {
      end(401, { message: 'Bad credentials' });
    } else if (url.pathname === '/user') {
      end(login === undefined ? 403 : 200, { login });
    } else if (method === 'GET') {
      // Two a page, so that there are pages.
      const page = Number(url.searchParams.get('page') ?? 1);
      const all = url.pathname.endsWith('/comments') ? github.comments : [...github.issues].reverse();
      const label = url.searchParams.get('labels');
      const listed = all.filter(({ labels = [] }) => label === null || labels.includes(label));
      url.searchParams.set('page', String(page + 1));
      const link = page * 2 < listed.length ? { link: `<${url.href}>; rel="next"` } : {};
      end(200, listed.slice(page * 2 - 2, page * 2), link);
    } else if (refuses !== undefined) {
      end(refuses, { message: 'Resource not accessible by integration' });
    } else {
      const path = url.pathname.replace('/repos/shop/web/', '');
      end(200, act(method, path, (await json(request)) as Partial<FakeEntry>) ?? {});
    }
  };
  const url = await serve((request, response) => void listener(request, response));
  const event = join(makeTemporaryFolder(), 'event.json');
  writeFileSync(event, JSON.stringify({ pull_request: { number: 12 } }));
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: url,
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: 'shop/web',
    GITHUB_RUN_ID: '7',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_SHA: 'c0ffee',
    GITHUB_TOKEN: 'sekret-token',
    GITHUB_WORKSPACE: process.cwd(),
  };
  return { ...github, env };
}
