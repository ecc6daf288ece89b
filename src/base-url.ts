/**
 * Checks an absolute base URL and drops its trailing slashes.
 *
 * @throws {TypeError} that names the option, when the URL is not absolute, not http(s), or carries a query, a
 *   fragment or credentials
 */
export function checkBaseUrl(baseUrl: string, option: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isBare =
    url !== undefined && /^https?:$/.test(url.protocol) && !/[?#]/.test(baseUrl) && url.username === '';
  if (!isBare) {
    throw new TypeError(
      `${option} must be an absolute http or https URL without a query, a fragment or credentials, such as https://your-space.spaces.nexudus.com.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}
