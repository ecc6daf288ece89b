import type { TokenEntry } from '../../sessions/tokens.ts';
import { api, type ClockTime, type Tokens } from './api.ts';
import { attempt, createStore, find, make, makeButton, makeCopyButton, type Store, tell } from './dom.ts';
import { formatOffset } from './format.ts';

const clockStore: Store<ClockTime> = createStore<ClockTime>({ now: '', offsetSeconds: 0 });
const tokenStore: Store<Tokens> = createStore<Tokens>({ tokens: [], count: 0, kinds: [] });

/** Reads anew what time the mock has. */
export async function refreshClock(): Promise<void> {
  clockStore.set(await api.readClock());
}

/** Reads the tokens anew. */
export async function refreshTokens(): Promise<void> {
  tokenStore.set(await api.listTokens());
}

/** Shows the clock, and has it moved. */
export function showClock(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-advance]')) {
    button.addEventListener('click', () =>
      attempt(button, async () => {
        clockStore.set(await api.advanceClock(Number(button.dataset.advance)));
        await refreshTokens();
        tellClock();
      }),
    );
  }
  const back = find('clock-reset');
  back.addEventListener('click', () =>
    attempt(back, async () => {
      await api.resetClock();
      await Promise.all([refreshClock(), refreshTokens()]);
      tellClock();
    }),
  );
  clockStore.follow(({ now, offsetSeconds }) => {
    const text = now === '' ? '' : new Date(now).toLocaleString();
    for (const id of ['now', 'clock']) {
      find(id).textContent = text;
      find(id).setAttribute('datetime', now);
    }
    find('offset').textContent = formatOffset(offsetSeconds);
    find('offset').hidden = offsetSeconds === 0;
    back.hidden = offsetSeconds === 0;
  });
}

function tellClock(): void {
  const { now, offsetSeconds } = clockStore.get();
  const text =
    offsetSeconds === 0
      ? "The clock shows this machine's time."
      : `The clock is ${formatOffset(offsetSeconds)} off, at ${new Date(now).toLocaleString()}.`;
  find('clock-told').textContent = text;
  tell(text);
}

/** Shows the tokens of the simulation, and has them issued, expired and revoked. */
export function showTokens(isSimulated: boolean): void {
  find('tokens').hidden = !isSimulated;
  find('tokens-off').hidden = isSimulated;
  const form = find<HTMLFormElement>('issue');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(find('issued'), issue);
  });
  tokenStore.follow(({ tokens, count, kinds }) => {
    const select = find<HTMLSelectElement>('issue-kind');
    if (select.options.length !== kinds.length) {
      select.replaceChildren(...kinds.map((kind) => make('option', { value: kind }, kind)));
    }
    const families = Map.groupBy(tokens, ({ family }) => family);
    find('token-list').replaceChildren(
      ...tokens.map((token) => showToken(token, families.get(token.family) ?? [])),
    );
    find('tokens-empty').hidden = tokens.length > 0;
    const counted = find('tab-state').querySelector('.count');
    if (counted !== null) counted.textContent = count === 0 ? '' : String(count);
  });
}

async function issue(): Promise<void> {
  const kind = find<HTMLSelectElement>('issue-kind').value;
  const client = find<HTMLInputElement>('issue-client').value.trim();
  const lifeSeconds = Number(find<HTMLInputElement>('issue-life').value);
  const token = await api.issueToken({ kind, lifeSeconds, ...(client === '' ? {} : { client }) });
  await refreshTokens();
  const code = make('code', {}, token);
  find('issued').replaceChildren(
    make('span', {}, `Fresh ${kind}: `),
    code,
    makeCopyButton('Copy the token', code),
  );
  tell(`A token of the kind ${kind} is issued.`);
}

const lifeVerbs: Readonly<Record<string, string>> = { live: 'expires', expired: 'expired' };

function showToken(
  { id, kind, state, client, subject, expiresAt, family }: TokenEntry,
  relatives: readonly TokenEntry[],
): HTMLElement {
  const verb = lifeVerbs[state];
  const about = [
    subject === undefined ? undefined : `for ${subject}`,
    client === undefined ? undefined : `client ${client}`,
    verb === undefined ? state : `${verb} ${new Date(expiresAt).toLocaleString()}`,
    relatives.length > 1 ? `family of ${family}` : undefined,
  ];
  const act = (action: (id: string) => Promise<void>, done: string) => async (): Promise<void> => {
    await action(id).finally(refreshTokens);
    tell(`${id} ${done}.`);
  };
  return make(
    'li',
    { class: state === 'live' ? 'token' : 'token ended' },
    make('span', { class: 'badge' }, kind),
    make('strong', {}, id),
    make('span', { class: 'grow line' }, about.filter((part) => part !== undefined).join(' · ')),
    make(
      'span',
      { class: 'actions' },
      state === 'live'
        ? makeButton('Expire', { 'aria-label': `Expire ${id}` }, act(api.expireToken, 'has expired'))
        : undefined,
      // An expired one lives again where the clock is put back.
      verb === undefined
        ? undefined
        : makeButton(
            'Revoke',
            { 'aria-label': `Revoke ${id}`, class: 'quiet' },
            act(api.revokeToken, 'is revoked'),
          ),
      // Of a token that has ended, too: it may be a later one that was stolen.
      relatives.length > 1 && relatives.some((one) => lifeVerbs[one.state] !== undefined)
        ? makeButton(
            'Revoke family',
            { 'aria-label': `Revoke family of ${id}`, class: 'quiet' },
            act(api.revokeFamily, 'is revoked, and so is each token of its family'),
          )
        : undefined,
    ),
  );
}
