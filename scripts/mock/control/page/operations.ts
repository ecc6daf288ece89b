import type { OperationSummary, ScenarioDetails } from '../scenarios.ts';
import { api } from './api.ts';
import { fillLate, find, make, makeCopyButton } from './dom.ts';
import { forcedStore, makeForceButton, makeForceForm } from './forcing.ts';
import { describeCondition, makeCode, makeMethod, makeStatus, makeTable } from './format.ts';

interface Row {
  operation: OperationSummary;
  element: HTMLElement;
  /** What is searched, in lower case. */
  text: string;
}

/** Shows the operations, and has them searched and filtered. */
export async function showOperations(): Promise<void> {
  const operations = await api.listOperations();
  const rows = operations.map((operation) => {
    const { method, path, operationId = '', summary = '', tags } = operation;
    const text = `${method} ${path} ${operationId} ${summary} ${tags.join(' ')}`.toLowerCase();
    return { operation, element: showOperation(operation), text };
  });
  find('operation-list').replaceChildren(...groupRows(rows));
  fillTags(operations);
  const apply = (): void => filter(rows);
  for (const id of ['search', 'status-filter', 'tag-filter']) {
    find(id).addEventListener('input', apply);
  }
  apply();
  markForced(rows);
}

function groupRows(rows: readonly Row[]): HTMLElement[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const [tag = ''] = row.operation.tags;
    groups.set(tag, [...(groups.get(tag) ?? []), row]);
  }
  return [...groups].map(([tag, own]) => {
    const heading = tag === '' ? (groups.size > 1 ? 'Without a tag' : '') : tag;
    const list = make('ul', { 'aria-label': heading || 'Operations' }, ...own.map(({ element }) => element));
    return make('div', { class: 'group' }, heading === '' ? undefined : make('h3', {}, heading), list);
  });
}

function fillTags(operations: readonly OperationSummary[]): void {
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))];
  const select = find('tag-filter');
  select.hidden = tags.length < 2;
  select.append(...tags.map((tag) => make('option', { value: tag }, tag)));
}

function filter(rows: readonly Row[]): void {
  const words = find<HTMLInputElement>('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const hundred = find<HTMLSelectElement>('status-filter').value;
  const tag = find<HTMLSelectElement>('tag-filter').value;
  let shown = 0;
  for (const { operation, element, text } of rows) {
    const isShown =
      words.every((word) => text.includes(word)) &&
      (hundred === '' || operation.statuses.some((status) => String(status).startsWith(hundred))) &&
      (tag === '' || operation.tags.includes(tag));
    element.hidden = !isShown;
    shown += isShown ? 1 : 0;
  }
  for (const group of document.querySelectorAll<HTMLElement>('.group')) {
    group.hidden = group.querySelector('li:not([hidden])') === null;
  }
  find('operations-count').textContent =
    shown === rows.length ? `${rows.length}` : `${shown} of ${rows.length}`;
}

function markForced(rows: readonly Row[]): void {
  forcedStore.follow((entries) => {
    const forced = new Set(entries.map(({ operationId }) => operationId));
    for (const { operation, element } of rows) {
      element.classList.toggle('is-forced', forced.has(operation.operationId ?? ''));
    }
  });
}

function showOperation(operation: OperationSummary): HTMLElement {
  const { method, path, operationId, summary = '', statuses, isDeprecated } = operation;
  const details = make(
    'details',
    { class: 'operation' },
    make(
      'summary',
      {},
      makeMethod(method),
      make('span', { class: isDeprecated ? 'path deprecated' : 'path' }, path),
      make('span', { class: 'statuses' }, ...statuses.map(makeStatus)),
      make('span', { class: 'line' }, [operationId, summary].filter(Boolean).join(' · ')),
    ),
  );
  fillLate(details, async () => {
    const answers = await api.listAnswers(`${method} ${path}`);
    details.append(
      make(
        'div',
        { class: 'inside' },
        isDeprecated ? make('p', { class: 'muted' }, 'Deprecated.') : undefined,
        operationId === undefined
          ? make('p', { class: 'muted' }, 'Give the operation an operationId to force its answers.')
          : makeForceForm(operationId, answers),
        ...answers.map(showAnswer),
      ),
    );
  });
  return make('li', {}, details);
}

function showAnswer(answer: ScenarioDetails): HTMLElement {
  const { operationId, status, example, state, condition, description } = answer;
  const words = condition === undefined ? (state ?? description ?? '') : `if ${describeCondition(condition)}`;
  const details = make(
    'details',
    { class: 'answer' },
    make(
      'summary',
      {},
      makeStatus(status),
      make('strong', {}, example ?? ''),
      make('span', { class: 'line' }, words),
    ),
  );
  fillLate(details, () => {
    details.append(make('div', { class: 'inside' }, ...describeAnswer(answer)));
  });
  const button = operationId === '' ? undefined : makeForceButton(answer);
  return make('div', { class: 'with-action' }, details, button);
}

function describeAnswer(answer: ScenarioDetails): (Node | undefined)[] {
  const { status, example = '', state, condition, description, mediaType, headers, body, curl } = answer;
  const name = `${status} ${example}`.trim();
  const code = make('code', {}, curl);
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return [
    description === undefined ? undefined : make('p', {}, description),
    state === undefined ? undefined : make('p', { class: 'muted' }, `When ${state}.`),
    condition === undefined
      ? undefined
      : make('p', { class: 'muted' }, `A request gets it where ${describeCondition(condition)}.`),
    make('p', { class: 'part' }, 'curl'),
    make(
      'div',
      { class: 'copyable' },
      make('pre', { tabindex: '0', role: 'group', 'aria-label': `curl of ${name}` }, code),
      makeCopyButton(`Copy curl of ${name}`, code),
    ),
    ...(Object.keys(headers).length === 0
      ? []
      : [make('p', { class: 'part' }, 'Headers'), makeTable(headers)]),
    make('p', { class: 'part' }, mediaType === undefined ? 'No body' : `Body, ${mediaType}`),
    text === undefined
      ? mediaType === undefined
        ? undefined
        : make(
            'p',
            { class: 'muted' },
            'The document shows no example: the mock makes one up from the schema.',
          )
      : makeCode(text, `Body of ${name}`),
  ];
}
