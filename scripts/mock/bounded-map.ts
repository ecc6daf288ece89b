/** Values by text, only so many of them. */
export interface BoundedMap<Value> {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
}

/**
 * Makes a map that forgets what was not asked for, or set, for a while: it keeps at least the last half of what it may.
 *
 * Two generations, of which the older is forgotten when the younger is half of all: to ask for a value writes nothing
 * as a rule, where an order of use would be written anew each time.
 *
 * @param maxEntries an even number from 2 on
 */
export function createBoundedMap<Value extends {}>(maxEntries: number): BoundedMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    if (young.size >= maxEntries / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get: (key) => {
      const known = young.get(key);
      if (known !== undefined) {
        return known;
      }
      const value = old.get(key);
      if (value !== undefined) {
        set(key, value);
      }
      return value;
    },
    set,
  };
}
