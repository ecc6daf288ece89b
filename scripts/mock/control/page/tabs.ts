import { find } from './dom.ts';

const names = ['operations', 'traffic', 'forced', 'state'] as const;
type Name = (typeof names)[number];

// Wide enough for two panes: the operations are always there then, and no tab.
const wide = matchMedia('(min-width: 900px)');
let selected: Name = 'operations';

/** Has the parts of the page switched by tabs, of which a wide page has one less. */
export function showTabs(): void {
  for (const name of names) {
    const tab = find(`tab-${name}`);
    tab.addEventListener('click', () => select(name));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step !== undefined) {
        const shown = listShown();
        const next = shown[(shown.indexOf(name) + step + shown.length) % shown.length] ?? name;
        select(next);
        find(`tab-${next}`).focus();
      }
    });
  }
  wide.addEventListener('change', () => select(selected));
  select(selected);
}

function listShown(): readonly Name[] {
  return wide.matches ? names.filter((name) => name !== 'operations') : names;
}

function select(name: Name): void {
  const shown = listShown();
  selected = shown.includes(name) ? name : 'traffic';
  find('tab-operations').hidden = wide.matches;
  const operations = find('operations');
  if (wide.matches) {
    operations.removeAttribute('role');
  } else {
    operations.setAttribute('role', 'tabpanel');
  }
  for (const one of names) {
    const tab = find(`tab-${one}`);
    const isSelected = one === selected;
    tab.setAttribute('aria-selected', String(isSelected));
    tab.tabIndex = isSelected ? 0 : -1;
    find(one).hidden = !isSelected && shown.includes(one);
  }
}
