import { readFileSync } from 'node:fs';

/** The API of GitHub, for the repository and the run of a GitHub Actions job. */
export interface GitHub {
  /** The pull request that the job runs for. Missing for other events. */
  pullRequest?: number;
  /** The login of whom the token belongs to. Missing for the token of an app, such as that of the job. */
  login?: string;
  /**
   * Sends a request and resolves to the parsed body.
   *
   * @param path below the repository, such as `issues/12/comments`
   * @throws {Error} with GitHub's own words, where it refuses or does not respond
   */
  send: (method: 'POST' | 'PATCH', path: string, body: object) => Promise<unknown>;
  /** Resolves to the entries of a list, page by page. At most 2,000. */
  list: <Entry>(path: string) => Promise<Entry[]>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const timeoutMs = 15_000;
const maxPages = 20;
const maxBodyLength = 60_000;

/**
 * Opens the API of GitHub with `GITHUB_TOKEN` and the variables that GitHub Actions sets.
 *
 * @throws {Error} that says which variable is missing
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export async function openGitHub(env: Environment): Promise<GitHub> {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = env;
  if (!token || !repository) {
    throw new Error(`${token ? 'GITHUB_REPOSITORY' : 'GITHUB_TOKEN'} is not set`);
  }
  const api = env.GITHUB_API_URL || 'https://api.github.com';
  const call = async (method: string, url: string, body?: object): Promise<Response> => {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'openapi-contract-kit',
      'x-github-api-version': '2022-11-28',
    };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, {
      method,
      headers,
      ...content,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      throw new Error(await describeRefusal(method, response));
    }
    return response;
  };
  const base = `${api}/repos/${repository}`;
  const login = await call('GET', `${api}/user`).then(readLogin, () => undefined);
  const pullRequest = readPullRequest(env.GITHUB_EVENT_PATH);
  return {
    ...(login === undefined ? {} : { login }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    send: async (method, path, body) => (await call(method, `${base}/${path}`, body)).json(),
    list: <Entry>(path: string) => readPages<Entry>(`${base}/${path}`, call),
  };
}

async function readPages<Entry>(
  start: string,
  call: (method: string, url: string) => Promise<Response>,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let url: string | undefined = start;
  for (let page = 0; url !== undefined && page < maxPages; page += 1) {
    const response: Response = await call('GET', url);
    entries.push(...((await response.json()) as Entry[]));
    const next: string | undefined = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    // The token goes to no other server.
    url = next !== undefined && new URL(next).origin === new URL(start).origin ? next : undefined;
  }
  return entries;
}

async function readLogin(response: Response): Promise<string | undefined> {
  const { login } = (await response.json()) as { login?: string };
  return login;
}

async function describeRefusal(method: string, response: Response): Promise<string> {
  const text = await response.text();
  const said = /"message":\s*"([^"]*)"/.exec(text)?.[1] ?? response.statusText;
  return `GitHub answers ${response.status} to ${method} ${new URL(response.url).pathname}: ${said}`;
}

// The ref of a job is no pull request for the event pull_request_target.
function readPullRequest(file: string | undefined): number | undefined {
  if (!file) {
    return undefined;
  }
  const { pull_request: pullRequest } = JSON.parse(readFileSync(file, 'utf8')) as {
    pull_request?: { number: number };
  };
  return pullRequest?.number;
}

/** Cuts a text to what GitHub takes as the body of a comment or an issue, at the end of a line. */
export function cutBody(text: string): string {
  if (text.length <= maxBodyLength) {
    return text;
  }
  const kept = text.slice(0, maxBodyLength);
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n… (cut off)`;
}

/** Returns where the run of the job is shown to people, or `undefined` outside of GitHub Actions. */
export function linkRun(env: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
