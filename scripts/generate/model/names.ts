/** Names that are taken, and how to take another. */
export class NameRegister {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** Takes the name, or the first free one of `name_2`, `name_3`… */
  take(name: string): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count += 1) {
      free = `${name}_${count}`;
    }
    this.#taken.add(free);
    return free;
  }
}

/**
 * Turns any text into an identifier in PascalCase, as `repos/get-commit` into `ReposGetCommit`. What can't begin an
 * identifier gets a noun in front.
 */
export function toPascalCase(text: string, noun: string): string {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) ? name : `${noun}${name}`;
}

/**
 * Names an operation without an operationId by its method and path, as `getUsersId` for `GET /users/{id}`.
 */
export function nameByPath(method: string, path: string): string {
  return `${method}${toPascalCase(path, 'Root')}`;
}

/**
 * Tells whether a name can stand where TypeScript wants an identifier, reserved words aside.
 */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
