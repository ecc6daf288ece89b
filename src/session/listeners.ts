/** Those who want to know of something. */
export interface Listeners<Event> {
  /** Adds one, and returns what removes it. */
  add: (listener: (event: Event) => void) => () => void;
  tell: (event: Event) => void;
}

/**
 * Makes an empty list. A listener that throws is reported by the engine, and disturbs nobody else.
 *
 * @param start is called when the first one comes, and what it returns when the last one has gone
 */
export function createListeners<Event>(start: () => () => void = () => () => {}): Listeners<Event> {
  const entries = new Set<{ listener: (event: Event) => void }>();
  let stop = () => {};
  return {
    add: (listener) => {
      const entry = { listener };
      if (entries.size === 0) stop = start();
      entries.add(entry);
      return () => {
        if (entries.delete(entry) && entries.size === 0) stop();
      };
    },
    tell: (event) => {
      for (const entry of entries) {
        queueMicrotask(() => {
          if (entries.has(entry)) entry.listener(event);
        });
      }
    },
  };
}
