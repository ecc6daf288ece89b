/** Values by text, only so many of them. */
export interface BoundedMap<Value> {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
}

/**
 * Makes a map that forgets first what was asked for, or set, the longest time ago.
 */
export function createBoundedMap<Value extends {}>(maxEntries: number): BoundedMap<Value> {
  const values = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    // To the end, as the latest.
    values.delete(key);
    values.set(key, value);
    if (values.size > maxEntries) {
      values.delete(values.keys().next().value ?? '');
    }
  };
  return {
    get: (key) => {
      const value = values.get(key);
      if (value !== undefined) {
        set(key, value);
      }
      return value;
    },
    set,
  };
}
