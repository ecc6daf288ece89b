/**
 * The `paths` of a generated `schema.ts` for openapi-fetch from 0.17 on, and for what builds on it, such as
 * openapi-react-query. (0.16 takes `paths` as they are.)
 *
 * From 0.17 on, openapi-fetch reads each response through `Readable<T>`. That drops properties that are always `null`,
 * such as `Value` of an envelope that failed, and makes an object of `string & {}`, the part of an open enum that stands
 * for values the spec doesn't know. Here both are written in a way that `Readable<T>` turns back into what the spec says.
 * The same goes for `null` in request bodies, and `Writable<T>`. Open enums need TypeScript 5.4.
 *
 * @see https://github.com/openapi-ts/openapi-typescript/issues/2620
 * @example
 * import type { paths } from './generated/schema.ts';
 *
 * const client = createClient<OpenapiFetchPaths<paths>>({ baseUrl: 'https://api.your-company.com' });
 */
export type OpenapiFetchPaths<Paths> = {
  [Path in keyof Paths]: {
    [Method in keyof Paths[Path]]: {
      [Part in keyof Paths[Path][Method]]: Part extends 'responses'
        ? Marked<Paths[Path][Method][Part], { readonly $read: null }, AnyOtherString>
        : Part extends 'requestBody'
          ? Marked<Paths[Path][Method][Part], { readonly $write: null }, string & {}>
          : Paths[Path][Method][Part];
    };
  };
};

/**
 * Any string, for reading. It is no object, which `Readable` would map, and it is two types, because one template would
 * take the known strings beside it in.
 */
type AnyOtherString = `${string & {}}` & `${string}${string & {}}`;

/** Replaces what is always `null`, and `string & {}`. */
type Marked<Type, Null, OtherString> = Type extends string
  ? Type extends object
    ? OtherString
    : Type
  : Type extends object
    ? {
        [Key in keyof Type]: [null, Type[Key]] extends [Type[Key], null | undefined]
          ? Null
          : Marked<Type[Key], Null, OtherString>;
      }
    : Type;
