import { toLine } from '../cli/finding.ts';
import { hashContent } from '../files/difference.ts';
import { cutBody, type GitHub, openGitHub } from './api.ts';

/** What is said at GitHub in one place, and kept up to date there. */
export interface Note {
  /** What tells this note from others of the same repository. It is hidden in the text. */
  key: readonly string[];
  /** Markdown. */
  text: string;
}

/** Who says so, and with which environment. */
export interface NoteContext {
  stderr: (line: string) => void;
  env: Readonly<Record<string, string | undefined>>;
}

interface Entry {
  id: number;
  number: number;
  body?: string | null;
  state?: 'open' | 'closed';
  user?: { login: string; type: string } | null;
  pull_request?: object;
}

/**
 * Keeps one comment on the pull request of the job: updates the one that is there, or writes a new one. Where it cannot, as
 * without a token or for a pull request from a fork, it says why and fails nothing.
 *
 * @param isNews whether it is worth a new comment. If not, only a comment that is there is updated
 */
export function keepComment(note: Note, isNews: boolean, context: NoteContext): Promise<void> {
  return attempt('comment', 'pull-requests: write', context, async (github) => {
    const { pullRequest } = github;
    if (pullRequest === undefined) {
      return 'the job does not run for a pull request';
    }
    const marker = toMarker(note);
    const path = `issues/${pullRequest}/comments`;
    const known = (await github.list<Entry>(`${path}?per_page=100`)).find((one) =>
      isOurs(one, marker, github),
    );
    const body = cutBody(`${marker}\n${note.text}`);
    if (known !== undefined) {
      await github.send('PATCH', `issues/comments/${known.id}`, { body });
      return undefined;
    }
    if (!isNews) {
      return 'there is nothing to say';
    }
    await github.send('POST', path, { body });
    return undefined;
  });
}

/** What an issue says about something that is watched. */
export interface Watch extends Note {
  title: string;
  /** Whether something is wrong. */
  isBroken: boolean;
  /** What is wrong, in short: while it stays the same, nobody is notified again. */
  state: string;
}

const label = 'contract-watch';

/**
 * Keeps one issue: opens it when something breaks, updates it while that lasts, and closes it with a comment when all is well
 * again. An issue that somebody has closed stays closed until something else breaks. Where it cannot, it says why and fails
 * nothing.
 */
export function keepIssue(watch: Watch, context: NoteContext): Promise<void> {
  return attempt('issue', 'issues: write', context, async (github) => {
    const marker = toMarker(watch);
    const all = await github.list<Entry>(`issues?labels=${label}&state=all&per_page=100`);
    const ours = all.filter((one) => one.pull_request === undefined && isOurs(one, marker, github));
    const known = ours.find(({ state }) => state === 'open') ?? ours[0];
    return watch.isBroken ? tellBroken(watch, known, github) : tellKept(watch, known, github);
  });
}

async function tellBroken(
  watch: Watch,
  known: Entry | undefined,
  github: GitHub,
): Promise<string | undefined> {
  const { title } = watch;
  const body = toIssueBody(watch);
  if (known === undefined) {
    await github.send('POST', 'issues', { title, body, labels: [label] });
    return undefined;
  }
  const isSame = known.body?.includes(toStateMarker(watch.state)) ?? false;
  if (isSame && known.state === 'closed') {
    return `somebody has closed #${known.number}, and nothing else has broken since`;
  }
  await github.send('PATCH', `issues/${known.number}`, { title, body, state: 'open' });
  if (!isSame) {
    await github.send('POST', `issues/${known.number}/comments`, { body: cutBody(watch.text) });
  }
  return undefined;
}

async function tellKept(watch: Watch, known: Entry | undefined, github: GitHub): Promise<string | undefined> {
  if (known?.state !== 'open') {
    return 'there is nothing to say';
  }
  await github.send('POST', `issues/${known.number}/comments`, { body: cutBody(watch.text) });
  // What is broken now is nothing: if the same breaks again, that is news.
  const body = toIssueBody(watch);
  await github.send('PATCH', `issues/${known.number}`, { body, state: 'closed', state_reason: 'completed' });
  return undefined;
}

function toIssueBody(watch: Watch): string {
  return cutBody(`${toMarker(watch)}\n${toStateMarker(watch.state)}\n${watch.text}`);
}

// Hashes, because a name may have the end of a comment in it.
function toMarker({ key }: Note): string {
  return `<!-- contract-kit ${hashContent(JSON.stringify(key)).slice(0, 16)} -->`;
}

function toStateMarker(state: string): string {
  return `<!-- state ${hashContent(state).slice(0, 16)} -->`;
}

// Anybody can write a marker. The token of a job belongs to an app, and it does not know to which.
function isOurs({ body, user }: Entry, marker: string, { login }: GitHub): boolean {
  const isAuthor = login === undefined ? user?.type === 'Bot' : user?.login === login;
  return isAuthor && body?.startsWith(marker) === true;
}

/** @param act resolves to the reason why nothing was written, or to nothing */
async function attempt(
  what: string,
  permission: string,
  { env, stderr }: NoteContext,
  act: (github: GitHub) => Promise<string | undefined>,
): Promise<void> {
  try {
    const reason = await openGitHub(env).then(act);
    stderr(
      reason === undefined ? `The ${what} at GitHub is up to date.` : `No ${what} at GitHub: ${reason}.`,
    );
  } catch (error) {
    const { message } = error as Error;
    const hint = /answers 40[34]/.test(message)
      ? ` The job needs the permission \`${permission}\`, which a pull request from a fork never has.`
      : '';
    stderr(toLine(`No ${what} at GitHub: ${message}.${hint}`));
  }
}
