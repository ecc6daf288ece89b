/** Those who want to know of something. */
export interface Listeners<Event> {
  /** Adds one, and returns what removes it. */
  add: (listener: (event: Event) => void) => () => void;
  tell: (event: Event) => void;
}

/** Makes an empty list. A listener that throws is reported by the engine, and disturbs nobody else. */
export function createListeners<Event>(): Listeners<Event> {
  const entries = new Set<{ listener: (event: Event) => void }>();
  return {
    add: (listener) => {
      const entry = { listener };
      entries.add(entry);
      return () => entries.delete(entry);
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
