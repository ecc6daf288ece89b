/**
 * The status codes that IANA has registered. A list of our own, since Node's `STATUS_CODES` grows from version to
 * version and would change generated files with it.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */
const registeredStatuses = [
  100, 101, 102, 103, 104, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305,
  307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421,
  422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
];

/**
 * Lists the statuses that a response stands for: one for `200`; for `4XX` every registered one of the range, and
 * for `default` every registered one, that no key more specific than it documents.
 *
 * `default` leaves 1xx out: no HTTP client hands such an answer over.
 */
export function listStatuses(key: string, documentedKeys: readonly string[]): number[] {
  if (/^\d{3}$/.test(key)) {
    return [Number(key)];
  }
  const documented = new Set(documentedKeys);
  const open = registeredStatuses.filter((status) => !documented.has(String(status)));
  if (key === 'default') {
    return open.filter((status) => status >= 200 && !documented.has(rangeOf(status)));
  }
  return open.filter((status) => rangeOf(status) === key.toUpperCase());
}

/**
 * Tells whether a response of that status can have a body at all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1
 */
export function allowsBody(status: number): boolean {
  return status >= 200 && ![204, 205, 304].includes(status);
}

function rangeOf(status: number): string {
  return `${Math.floor(status / 100)}XX`;
}
