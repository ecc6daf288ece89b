type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Finds an element of the page's own HTML. */
export function find<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`The page has no element "${id}".`);
  }
  return element as Type;
}

/**
 * Makes an element. What a request or a document holds goes in as text, never as markup.
 *
 * @param attributes `true` sets one without a value; `false` and `undefined` leave it out
 */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Makes a button. What fails is told in its place. */
export function makeButton(
  text: string,
  attributes: Attributes,
  onClick: (button: HTMLButtonElement) => void | Promise<void>,
): HTMLButtonElement {
  const button = make('button', { type: 'button', ...attributes }, text);
  button.addEventListener('click', () => attempt(button, () => onClick(button)));
  return button;
}

/** Does what a click asks for. Where that fails, the sentence that says why stands beside the element. */
export async function attempt(element: HTMLElement, action: () => void | Promise<void>): Promise<void> {
  element.parentElement?.querySelector(':scope > .failure')?.remove();
  try {
    await action();
  } catch (error) {
    const text = (error as Error).message;
    element.after(make('span', { class: 'failure' }, text));
    tell(text);
  }
}

/** Says something to whoever can't see what has changed, also where it is the same as before. */
export function tell(text: string): void {
  const status = find('status');
  status.textContent = '';
  setTimeout(() => {
    status.textContent = text;
  }, 50);
}

/** Has a `<details>` filled when it is opened first: a document can have thousands. */
export function fillLate(details: HTMLDetailsElement, fill: () => void | Promise<void>): void {
  const open = (): void => {
    if (details.open) {
      details.removeEventListener('toggle', open);
      void attempt(details, fill);
    }
  };
  details.addEventListener('toggle', open);
}

/**
 * Makes a button that copies a text. Where the page may not, as without HTTPS on another machine, an older way is tried,
 * and the last one is to select the text.
 */
export function makeCopyButton(label: string, source: HTMLElement): HTMLButtonElement {
  return makeButton('Copy', { class: 'quiet', 'aria-label': label }, (button) => copy(button, source));
}

/** Copies the text of an element, and says so on the button. */
export async function copy(button: HTMLButtonElement, source: HTMLElement): Promise<void> {
  const isCopied = await copyText(source);
  const text = isCopied ? 'Copied' : 'Press Ctrl+C';
  tell(isCopied ? 'Copied.' : 'The text is selected. Press Ctrl+C to copy it.');
  button.textContent = text;
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
}

async function copyText(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    const selection = getSelection();
    selection?.selectAllChildren(source);
    const isCopied = document.execCommand('copy');
    if (isCopied) {
      selection?.removeAllRanges();
    }
    return isCopied;
  }
}

/** A value that parts of the page follow. */
export interface Store<Value> {
  get: () => Value;
  set: (value: Value) => void;
  /** Calls at once, and with each change. */
  follow: (show: (value: Value) => void) => void;
}

/** Makes a store. What is equal as JSON is no change. */
export function createStore<Value>(value: Value): Store<Value> {
  let current = value;
  let text = JSON.stringify(value);
  const followers: ((value: Value) => void)[] = [];
  return {
    get: () => current,
    set: (next) => {
      const nextText = JSON.stringify(next);
      if (nextText !== text) {
        current = next;
        text = nextText;
        for (const show of followers) show(next);
      }
    },
    follow: (show) => {
      followers.push(show);
      show(current);
    },
  };
}
