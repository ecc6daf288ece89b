/** The script of the mock's page. Whatever a request holds goes in as text, never as markup. */
const pageScript = `
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

const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d0d0, #444); --muted: light-dark(#555, #b0b0b0); --link: light-dark(#0b57d0, #8ab4f8); --bad: light-dark(#b3261e, #f2b8b5); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#fff, #161616); color: light-dark(#1a1a1a, #ececec); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
h3 { margin: 1.25rem 0 .25rem; font: 600 .95rem ui-monospace, monospace; }
p { margin: .25rem 0; color: var(--muted); }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .5rem 0; display: grid; gap: .25rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.row > strong { flex: 1 1 10rem; }
.muted { color: var(--muted); font-size: .875rem; }
.bad { color: var(--bad); }
code { font: .85rem ui-monospace, monospace; }
button { font: inherit; font-size: .875rem; padding: .2rem .6rem; border: 1px solid var(--link); border-radius: .35rem; background: none; color: var(--link); cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }`;

/**
 * The mock's own page: its answers with a curl and a button to force each, and the journal as it grows. It loads
 * nothing but the mock's own data.
 */
export const page: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mock</title>
<link rel="icon" href="data:,">
<style>${style}
</style>
</head>
<body>
<h1>Mock</h1>
<p>Each answer with a command that gets it. "Next" forces it for the next call of its operation.</p>
<p id="told" role="status"></p>
<main>
<h2>Answers</h2>
<div id="scenarios"></div>
<h2>Clock</h2>
<div class="row"><strong id="now"></strong><button type="button" data-advance="60">+ 1 minute</button><button type="button" data-advance="3600">+ 1 hour</button><button type="button" data-advance="86400">+ 1 day</button></div>
<h2>Journal</h2>
<div class="row"><button id="clear" type="button">Clear</button><button id="reset" type="button">Reset all</button></div>
<ul id="journal" aria-live="polite"></ul>
</main>
<script>${pageScript}
</script>
</body>
</html>
`;
