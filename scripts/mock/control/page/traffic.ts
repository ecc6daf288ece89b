import type { JournalAnswer, JournalEntry } from '../journal.ts';
import { api } from './api.ts';
import { attempt, fillLate, find, make, tell } from './dom.ts';
import {
  describeChoice,
  faultNames,
  formatDuration,
  makeCode,
  makeMethod,
  makeStatus,
  makeTable,
} from './format.ts';

// As many as the mock keeps.
const maxRows = 200;

let lastId = 0;
// What was there before the page is nothing new.
let isShown = false;
let rows: { entry: JournalEntry; element: HTMLElement }[] = [];

/** Shows what was asked since it was looked at last. A mock that counts from 1 again has forgotten what was before. */
export async function refreshTraffic(): Promise<void> {
  const { entries, lastId: id } = await api.listTraffic(lastId);
  if (id < lastId) {
    clearRows();
    lastId = 0;
    return;
  }
  lastId = id;
  const isFirst = !isShown;
  isShown = true;
  if (entries.length === 0) {
    return;
  }
  const added = entries.map((entry) => ({ entry, element: showEntry(entry) }));
  rows = [...rows, ...added];
  find('traffic-list').prepend(...added.map(({ element }) => element).reverse());
  for (const { element } of rows.slice(0, -maxRows)) element.remove();
  rows = rows.slice(-maxRows);
  applyFilter();
  if (!isFirst) {
    announce(entries);
  }
}

// One sentence, however many there are.
function announce(entries: readonly JournalEntry[]): void {
  const [{ method, path, status, fault } = { method: '', path: '' }] = entries.slice(-1);
  tell(
    entries.length === 1
      ? `${method} ${path} answered ${status ?? faultNames[fault ?? 'never-answers']}.`
      : `${entries.length} new requests.`,
  );
}

/** Has the traffic filtered and cleared. */
export function steerTraffic(): void {
  find('traffic-search').addEventListener('input', applyFilter);
  const clear = find('clear');
  clear.addEventListener('click', () =>
    attempt(clear, async () => {
      await api.clearTraffic();
      clearRows();
      tell('The traffic is cleared.');
    }),
  );
}

/** Forgets what is shown. */
export function clearRows(): void {
  rows = [];
  find('traffic-list').replaceChildren();
  applyFilter();
}

function applyFilter(): void {
  const words = find<HTMLInputElement>('traffic-search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { entry, element } of rows) {
    const { method, path, status, fault, operationId } = entry;
    const text = [method, path, status, fault, operationId].join(' ').toLowerCase();
    element.hidden = !words.every((word) => text.includes(word));
    shown += element.hidden ? 0 : 1;
  }
  find('traffic-count').textContent = shown === rows.length ? `${shown}` : `${shown} of ${rows.length}`;
  find('traffic-empty').hidden = rows.length > 0;
  const count = find('tab-traffic').querySelector('.count');
  if (count !== null) count.textContent = rows.length === 0 ? '' : String(rows.length);
}

function showEntry(entry: JournalEntry): HTMLElement {
  const { at, method, path, status, fault, durationMs, operationId, choice, violations } = entry;
  const line = [
    operationId ?? 'no such operation',
    choice && describeChoice({ ...choice, reason: undefined }),
  ]
    .filter(Boolean)
    .join(' · ');
  const details = make(
    'details',
    { class: 'exchange' },
    make(
      'summary',
      {},
      status === undefined ? undefined : makeStatus(status),
      fault === undefined ? undefined : make('span', { class: 'badge status-5' }, faultNames[fault]),
      makeMethod(method),
      make('span', { class: 'path' }, path),
      make(
        'span',
        { class: 'when' },
        durationMs === undefined ? '' : `${formatDuration(durationMs)} · `,
        make('time', { datetime: at }, new Date(at).toLocaleTimeString()),
      ),
      make('span', { class: 'line' }, line),
      violations.length === 0
        ? undefined
        : make(
            'span',
            { class: 'line bad' },
            `${violations.length} ${violations.length === 1 ? 'problem' : 'problems'}: ${violations[0]?.message}`,
          ),
    ),
  );
  fillLate(details, () => {
    details.append(make('div', { class: 'inside' }, ...describeExchange(entry)));
  });
  return make('li', {}, details);
}

function describeExchange({
  at,
  query,
  headers,
  body,
  choice,
  answer,
  violations,
}: JournalEntry): (Node | undefined)[] {
  return [
    make(
      'p',
      { class: 'muted' },
      new Date(at).toLocaleString(),
      choice === undefined ? '' : ` · ${describeChoice(choice)}`,
    ),
    ...(violations.length === 0
      ? []
      : [
          make('p', { class: 'part' }, 'Problems'),
          make(
            'ul',
            { class: 'problems' },
            ...violations.map(({ location, message }) =>
              make('li', {}, make('code', {}, location.join('.')), ` ${message}`),
            ),
          ),
        ]),
    make('p', { class: 'part' }, 'Request'),
    ...(Object.keys(query).length === 0
      ? []
      : [make('p', { class: 'part minor' }, 'Query'), makeTable(query)]),
    make('p', { class: 'part minor' }, 'Headers'),
    makeTable(headers),
    ...(body === ''
      ? []
      : [make('p', { class: 'part minor' }, 'Body'), makeCode(body, 'Body of the request')]),
    ...(answer === undefined ? [] : describeAnswer(answer)),
  ];
}

function describeAnswer({ headers, body, bodyLength }: JournalAnswer): Node[] {
  return [
    make('p', { class: 'part' }, 'Answer'),
    ...(Object.keys(headers).length === 0
      ? []
      : [make('p', { class: 'part minor' }, 'Headers'), makeTable(headers)]),
    ...(bodyLength === 0
      ? [make('p', { class: 'muted' }, 'No body.')]
      : [
          make('p', { class: 'part minor' }, `Body, ${bodyLength} characters`),
          body === undefined
            ? make('p', { class: 'muted' }, 'It is too long to be kept.')
            : makeCode(body, 'Body of the answer'),
        ]),
  ];
}
