/**
 * Checks an absolute base URL and drops its trailing slashes.
 *
 * @throws {TypeError} that names the option, when the URL is not absolute, not http(s), or carries a query, a
 *   fragment or credentials
 */
export function checkBaseUrl(baseUrl: string, option: string): string {
  // An "@" before the path is that of credentials.
  if (!/^https?:\/\/[^/?#@]+(\/[^?#]*)?$/i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new TypeError(
      `${option} must be an absolute http or https URL without a query, a fragment or credentials, such as https://your-space.spaces.nexudus.com.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}
