/**
 * Lists the names that a spec can document a status by, the one that counts first: a code wins over its range, and
 * both over `default`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#responses-object
 */
export function nameStatuses(status: number | string): string[] {
  return [String(status), `${String(status).charAt(0)}XX`, 'default'];
}
