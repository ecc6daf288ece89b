import type { ConsoleInfo } from '../admin.ts';
import { api } from './api.ts';
import { attempt, copy, find, make, makeButton, tell } from './dom.ts';
import { refreshForced, showForced } from './forcing.ts';
import { showOperations } from './operations.ts';
import { refreshClock, refreshTokens, showClock, showTokens } from './state.ts';
import { showTabs } from './tabs.ts';
import { clearRows, refreshTraffic, steerTraffic } from './traffic.ts';
import { nameWorld, refreshWorlds, showWorlds } from './worlds.ts';

const pollMs = 1000;
const retryMs = 3000;

const modeNames = { simulate: 'simulates sessions', dynamic: 'makes values up', errors: 'strict answers' };

function showInfo({
  title,
  version,
  url,
  specFile,
  modes,
  warnings,
  warningCount,
  world,
}: ConsoleInfo): void {
  const api = [title, version].filter(Boolean).join(' ');
  document.title = world === undefined ? `${api} – mock` : `${nameWorld(world)} – ${api} – mock`;
  find('title').textContent = title || 'Mock console';
  find('version').textContent = version;
  find('version').hidden = version === '';
  find('url').textContent = url;
  find('spec').textContent = specFile;
  find('modes').replaceChildren(...modes.map((mode) => make('span', { class: 'chip on' }, modeNames[mode])));
  const box = find('warnings');
  box.hidden = warningCount === 0;
  const summary = `${warningCount} ${warningCount === 1 ? 'warning' : 'warnings'} of the document`;
  box.querySelector('summary')?.replaceChildren(summary);
  const more = warningCount - warnings.length;
  const lines = more > 0 ? [...warnings, `… and ${more} more`] : warnings;
  box.querySelector('ul')?.replaceChildren(...lines.map((line) => make('li', {}, line)));
}

function steerHeader(): void {
  const button = find<HTMLButtonElement>('copy-url');
  button.setAttribute('aria-label', 'Copy the base URL');
  button.addEventListener('click', () => attempt(button, () => copy(button, find('url'))));
  const reset = find<HTMLButtonElement>('reset');
  let isSure = false;
  let usual = reset.textContent;
  const ask = (sure: boolean): void => {
    isSure = sure;
    reset.textContent = sure ? 'Click again to reset' : usual;
    reset.classList.toggle('danger', sure);
  };
  reset.addEventListener('click', () =>
    attempt(reset, async () => {
      if (!isSure) {
        usual = reset.textContent;
        ask(true);
        tell('Click again to forget the traffic, what is forced and all tokens, and to put the clock back.');
        setTimeout(ask, 4000, false);
        return;
      }
      ask(false);
      await api.reset();
      clearRows();
      await refresh();
      tell('It is reset.');
    }),
  );
}

function refresh(): Promise<unknown> {
  return Promise.all([refreshTraffic(), refreshForced(), refreshClock(), refreshTokens(), refreshWorlds()]);
}

let isAway = false;

async function poll(): Promise<void> {
  try {
    // Nobody looks at a page in the background.
    if (!document.hidden) {
      await refresh();
    }
    if (isAway) {
      location.reload();
    }
    setTimeout(poll, pollMs);
  } catch {
    if (!isAway) {
      tell('The mock does not answer any more. The page tries again.');
    }
    isAway = true;
    document.body.classList.toggle('away', isAway);
    setTimeout(poll, retryMs);
  }
}

async function start(): Promise<void> {
  showTabs();
  steerHeader();
  steerTraffic();
  showForced();
  showClock();
  try {
    const info = await api.readInfo();
    showInfo(info);
    showWorlds(info);
    showTokens(info.modes.includes('simulate'));
    await showOperations();
  } catch (error) {
    find('operation-list').replaceChildren(
      make('p', { class: 'empty' }, `The console cannot start: ${(error as Error).message} `),
      makeButton('Try again', {}, () => location.reload()),
    );
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh().catch(() => {});
  });
  await poll();
}

void start();
