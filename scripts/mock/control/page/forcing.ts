import type { Fault, Forced, ForcedEntry } from '../forced.ts';
import type { ScenarioDetails } from '../scenarios.ts';
import { api } from './api.ts';
import { attempt, createStore, find, make, makeButton, type Store, tell } from './dom.ts';
import { describeForced, faultNames, makeStatus } from './format.ts';

/** What is forced, as far as the page knows. */
export const forcedStore: Store<ForcedEntry[]> = createStore<ForcedEntry[]>([]);

/** Reads anew what is forced. */
export async function refreshForced(): Promise<void> {
  forcedStore.set(await api.listForced());
}

async function force(forced: Forced): Promise<void> {
  await api.force(forced);
  await refreshForced();
  tell(`${forced.operationId} is forced: ${nameAnswer(forced)}, ${describeForced(forced)}.`);
}

async function undo({ id, ...forced }: ForcedEntry): Promise<void> {
  await api.undoForced(id).finally(refreshForced);
  tell(`${forced.operationId} is no longer forced to ${nameAnswer(forced)}.`);
}

function nameAnswer({ status, example }: Pick<Forced, 'status' | 'example'>): string {
  return [status ?? 'usual answer', example].filter((part) => part !== undefined).join(' ');
}

/** Makes the button that forces an answer for the next call, and undoes that. */
export function makeForceButton({ operationId, status, example }: ScenarioDetails): HTMLButtonElement {
  const wanted = { operationId, status, ...(example === undefined ? {} : { example }) };
  const name = `${operationId} ${nameAnswer(wanted)}`;
  const button = makeButton('Force next', { class: 'force' }, () => {
    const entry = findEntry(forcedStore.get());
    return entry === undefined ? force(wanted) : undo(entry);
  });
  const findEntry = (entries: readonly ForcedEntry[]): ForcedEntry | undefined =>
    entries.find(
      (one) => one.operationId === operationId && one.status === status && one.example === example,
    );
  forcedStore.follow((entries) => {
    const entry = findEntry(entries);
    button.textContent = entry === undefined ? 'Force next' : 'Forced – undo';
    button.classList.toggle('on', entry !== undefined);
    button.setAttribute('aria-label', entry === undefined ? `Force next: ${name}` : `Forced – undo: ${name}`);
  });
  return button;
}

const outages: readonly [number, string][] = [
  [429, '429 Too Many Requests'],
  [500, '500 Internal Server Error'],
  [502, '502 Bad Gateway'],
  [503, '503 Service Unavailable'],
  [504, '504 Gateway Timeout'],
];

/** Makes the form that forces any answer of an operation, with a delay, a fault and for how long. */
export function makeForceForm(operationId: string, answers: readonly ScenarioDetails[]): HTMLElement {
  const answer = makeAnswerSelect(answers);
  const times = makeSelect([
    ['1', 'The next call'],
    ['2', 'The next 2 calls'],
    ['3', 'The next 3 calls'],
    ['10', 'The next 10 calls'],
    ['always', 'All calls, until reset'],
  ]);
  const latency = make('input', { type: 'number', min: '0', max: '60000', step: '1', placeholder: '0' });
  const fault = makeSelect([['', 'None'], ...Object.entries(faultNames)]);
  const retryAfter = make('input', {
    type: 'number',
    min: '0',
    max: '86400',
    step: '1',
    placeholder: 'not sent',
  });
  const submit = make('button', { type: 'submit', class: 'primary' }, 'Force');
  const told = make('p', { class: 'told' });
  const form = make(
    'form',
    { class: 'form', 'aria-label': `Force an answer of ${operationId}` },
    make('label', { class: 'wide' }, 'Answer ', answer),
    make('label', {}, 'For ', times),
    make('label', {}, 'Delay in ms ', latency),
    make('label', {}, 'Fault ', fault),
    make('label', {}, 'Retry-After in s ', retryAfter),
    submit,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(submit, async () => {
      const forced: Forced = {
        operationId,
        ...(JSON.parse(answer.value) as Pick<Forced, 'status' | 'example'>),
        times: times.value === 'always' ? 'always' : Number(times.value),
        ...(latency.value === '' ? {} : { latencyMs: Number(latency.value) }),
        ...(fault.value === '' ? {} : { fault: fault.value as Fault }),
        ...(retryAfter.value === '' ? {} : { retryAfterSeconds: Number(retryAfter.value) }),
      };
      await force(forced);
    });
  });
  forcedStore.follow((entries) => {
    const own = entries.filter((entry) => entry.operationId === operationId);
    told.replaceChildren(...own.map((entry) => make('span', { class: 'forced-item' }, ...showEntry(entry))));
  });
  return make(
    'details',
    { class: 'force-form' },
    make('summary', {}, 'Force with a delay, a fault or an outage'),
    form,
    told,
  );
}

function makeAnswerSelect(answers: readonly ScenarioDetails[]): HTMLSelectElement {
  const documented = answers.map(({ status, example }) => ({
    status,
    ...(example === undefined ? {} : { example }),
  }));
  const known = new Set(answers.map(({ status }) => status));
  const own = documented.map((one) => make('option', { value: JSON.stringify(one) }, nameAnswer(one)));
  const others = outages
    .filter(([status]) => !known.has(status))
    .map(([status, text]) => make('option', { value: JSON.stringify({ status }) }, text));
  return make(
    'select',
    {},
    make('option', { value: '{}' }, 'As usual'),
    make('optgroup', { label: 'In the document' }, ...own),
    make('optgroup', { label: 'As any server can' }, ...others),
  );
}

function makeSelect(options: readonly (readonly [string, string])[]): HTMLSelectElement {
  return make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)));
}

function showEntry(entry: ForcedEntry): Node[] {
  const { operationId, status, example } = entry;
  return [
    ...(status === undefined ? [make('span', { class: 'badge' }, 'as usual')] : [makeStatus(status)]),
    make('span', { class: 'grow' }, [example, describeForced(entry)].filter(Boolean).join(' · ')),
    makeButton('Undo', { 'aria-label': `Undo: ${operationId} ${nameAnswer(entry)}` }, () => undo(entry)),
  ];
}

/** Shows the list of all that is forced. */
export function showForced(): void {
  const clear = find<HTMLButtonElement>('clear-forced');
  clear.addEventListener('click', () =>
    attempt(clear, async () => {
      await api.undoAllForced();
      await refreshForced();
      tell('Nothing is forced any more.');
    }),
  );
  forcedStore.follow((entries) => {
    find('forced-list').replaceChildren(
      ...entries.map((entry) =>
        make('li', { class: 'forced-item' }, make('strong', {}, entry.operationId), ...showEntry(entry)),
      ),
    );
    find('forced-empty').hidden = entries.length > 0;
    clear.hidden = entries.length === 0;
    const count = find('tab-forced').querySelector('.count');
    if (count !== null) count.textContent = entries.length === 0 ? '' : String(entries.length);
  });
}
