/** Values by the names of their parameters. */
export type Values = Readonly<Record<string, unknown>>;

/** A value that must not be sent. The message names the parameter and the reason, never the value. */
export class UrlError extends Error {
  override readonly name = 'UrlError';
  /** The parameter at fault, as the spec names it. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter} ${reason}.`);
    this.parameter = parameter;
  }
}

/** Tells a list or an object from a plain value. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Looks a value up that is an object's own: a parameter may be called `constructor`. */
export function findOwn<Value>(
  values: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Tells whether a media type is JSON. */
export function isJson(mediaType = ''): boolean {
  return /[/+]json\s*(;|$)/i.test(mediaType);
}

/** Tells whether a media type is that of an HTML form. */
export function isForm(mediaType = ''): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(mediaType);
}

/**
 * What modules that are loaded late are given of this one. They import nothing that is loaded from the start: a bundler
 * would have them import the entry for it, and an entry that awaits a call at its top would wait for itself.
 */
export const tools: {
  readonly UrlError: typeof UrlError;
  readonly findOwn: typeof findOwn;
  readonly isForm: typeof isForm;
  readonly isJson: typeof isJson;
  readonly isObject: typeof isObject;
} = { UrlError, findOwn, isForm, isJson, isObject };

export type Tools = typeof tools;
