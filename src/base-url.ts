/**
 * Checks an absolute base URL and drops its trailing slashes.
 *
 * @throws {TypeError} that names the option, when the URL is not absolute, not http(s), carries a query, a fragment
 *   or credentials, or has a placeholder or white space in it
 */
export function checkBaseUrl(baseUrl: string, option: string): string {
  // An "@" before the path is that of credentials. With a slash behind it, the host is parsed as it will be.
  if (!/^https?:\/\/[^\s/?#@{}]+(\/[^\s?#{}]*)?$/i.test(baseUrl) || !URL.canParse(`${baseUrl}/`)) {
    throw new TypeError(
      `${option} must be an absolute http or https URL without placeholder, query, fragment or credentials, such as https://your-space.spaces.nexudus.com.`,
    );
  }
  return baseUrl.replace(/\/+$/, '');
}
