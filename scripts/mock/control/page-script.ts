/** The script of the mock's page. Whatever a request holds goes in as text, never as markup. */
export const pageScript = `
const find = (id) => document.getElementById(id);
const make = (name, text, className) => {
  const element = document.createElement(name);
  element.textContent = text ?? '';
  element.className = className ?? '';
  return element;
};
const tell = (text) => { find('told').textContent = text; };
const send = (method, path, body) =>
  fetch(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

const makeButton = (text, label, onClick) => {
  const button = make('button', text);
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.addEventListener('click', onClick);
  return button;
};

const showScenario = ({ operationId, status, example, state, condition, curl }) => {
  const name = [status, example].filter((part) => part !== undefined).join(' ');
  const row = make('div', '', 'row');
  row.append(
    make('strong', name),
    makeButton('Copy curl', 'Copy curl of ' + operationId + ' ' + name, async () => {
      await navigator.clipboard.writeText(curl);
      tell('Copied.');
    }),
    makeButton('Next', 'Answer the next ' + operationId + ' with ' + name, async () => {
      await send('POST', 'forced', { operationId, status, ...(example === undefined ? {} : { example }) });
      tell('The next ' + operationId + ' is answered with ' + name + '.');
    }),
  );
  const item = make('li');
  item.append(row, make('code', curl));
  if (state !== undefined) item.append(make('span', 'When ' + state + '.', 'muted'));
  if (condition !== undefined) item.append(make('span', 'Asked with ' + JSON.stringify(condition), 'muted'));
  return item;
};

const showScenarios = async () => {
  const { scenarios } = await (await fetch('scenarios')).json();
  for (const [operation, group] of Map.groupBy(scenarios, (one) => one.operation)) {
    const list = make('ul');
    list.append(...group.map(showScenario));
    find('scenarios').append(make('h3', operation), list);
  }
};

const showEntry = ({ at, method, path, query, body, status, fault, operationId, violations }) => {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const search = new URLSearchParams(pairs).toString();
  const row = make('div', '', 'row');
  row.append(
    make('strong', (fault ?? status) + ' ' + method + ' ' + path + (search === '' ? '' : '?' + search)),
    make('span', [new Date(at).toLocaleTimeString(), operationId].filter(Boolean).join(' '), 'muted'),
  );
  const item = make('li');
  item.append(row);
  if (body !== '') item.append(make('code', body));
  item.append(...violations.map(({ location, message }) => make('span', location.join('.') + ': ' + message, 'bad')));
  return item;
};

let shown = '';
const showJournal = async () => {
  const text = await (await fetch('journal')).text();
  if (text !== shown) {
    shown = text;
    find('journal').replaceChildren(...JSON.parse(text).entries.reverse().map(showEntry));
  }
};

const showClock = async () => {
  const { now } = await (await fetch('clock')).json();
  find('now').textContent = new Date(now).toLocaleString();
};

const poll = async () => {
  await Promise.all([showJournal(), showClock()]).catch(() => tell('The mock does not answer.'));
  setTimeout(poll, 1000);
};

find('clear').addEventListener('click', async () => { await send('DELETE', 'journal'); await showJournal(); });
find('reset').addEventListener('click', async () => { await send('POST', 'reset'); await showJournal(); tell('Nothing is forced.'); });
for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', async () => {
    await send('POST', 'clock', { advanceSeconds: Number(button.dataset.advance) });
    await showClock();
    tell('The clock was moved on.');
  });
}
showScenarios();
poll();
`;
