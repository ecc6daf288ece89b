const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Says whether a text is a GUID as `createGuid` makes them. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/**
 * Makes a random GUID, version 4. It works in pages without a secure context, where `crypto.randomUUID` is missing, and
 * in engines without `crypto`, such as React Native: it has to differ from others, and nothing depends on its secrecy.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.4
 */
export function createGuid(): string {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> };
  const random = crypto?.getRandomValues?.(new Uint8Array(36));
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, (_x, at: number) =>
    ((random?.[at] ?? Math.random() * 16) & 15).toString(16),
  );
}

/** Says whether a value can be sent as the header `client_id`, and arrives as it is. */
export function isClientId(value: unknown): value is string {
  // A header outside ASCII is read in another encoding than the form, where the engine sends it at all.
  return typeof value === 'string' && /^[!-~]+( +[!-~]+)*$/.test(value);
}

/**
 * Checks a `clientId` that the caller gives.
 *
 * @throws {TypeError} when no header carries it as it is
 */
export function checkClientId(clientId: string | undefined): void {
  if (clientId !== undefined && !isClientId(clientId)) {
    throw new TypeError(
      'Cannot send clientId as the header client_id: it must be printable ASCII, without a blank at either end. ' +
        'Use a GUID, or leave clientId out.',
    );
  }
}
