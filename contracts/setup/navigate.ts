/**
 * Opens a URL as a browser's navigation does, but stops at the first answer, so that a redirect can be looked at.
 */
export function navigate(url: string): Promise<Response> {
  return fetch(url, { redirect: 'manual' });
}
