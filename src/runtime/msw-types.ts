/**
 * Values by name, as a query or a form has them: `URLSearchParams` whose names are those of the spec. A name in the style
 * `deepObject` is `seat[row]` on the wire; read it from `request.url`.
 */
export interface Fields<Values> extends Omit<URLSearchParams, 'get' | 'getAll' | 'has'> {
  get<Name extends NameOf<Values>>(name: Name): TextOf<ValueOf<Values, Name>> | null;
  getAll<Name extends NameOf<Values>>(name: Name): TextOf<ValueOf<Values, Name>>[];
  has(name: NameOf<Values>): boolean;
}

// Of each member of a union.
type NameOf<Values> = Values extends unknown ? keyof Values & string : never;

type ValueOf<Values, Name> = Values extends unknown
  ? Name extends keyof Values
    ? NonNullable<Values[Name]>
    : never
  : never;

/** A value as text: all that is sent in a path, a query or a form is. */
export type TextOf<Value> = Value extends readonly (infer Item)[]
  ? TextOf<Item>
  : Value extends string | number | boolean
    ? `${Value}`
    : string;

type Part<Holder, Name extends string> = Holder extends { [Key in Name]?: infer Value }
  ? NonNullable<Value>
  : never;

type IsJson<MediaType> = MediaType extends `${string}/json${string}` | `${string}+json${string}`
  ? true
  : false;

/** A request of an operation: its media type and its body, which narrow each other. */
export type HandledRequest<Types> = {
  /** As MSW has it. Its body can be read again. */
  request: Request;
  /** Of the path, percent-decoded. */
  params: {
    readonly [Name in keyof Part<Part<Types, 'parameters'>, 'path'>]: TextOf<
      Part<Part<Types, 'parameters'>, 'path'>[Name]
    >;
  };
  query: Fields<Part<Part<Types, 'parameters'>, 'query'>>;
} & (Types extends { requestBody: { content: infer Content } }
  ? BodyOf<Content>
  : [Part<Types, 'requestBody'>] extends [never]
    ? NoBody
    : BodyOf<Part<Part<Types, 'requestBody'>, 'content'>> | NoBody);

interface NoBody {
  contentType?: undefined;
  body?: undefined;
}

type BodyOf<Content> = {
  [MediaType in keyof Content]: {
    /** Without parameters, in lower case. */
    contentType: EssenceOf<MediaType>;
    /** JSON is parsed; a form gives its fields, parts a `FormData`, text a string, and all else a `Blob`. */
    body: ReadAs<MediaType, Content[MediaType]>;
  };
}[keyof Content];

type EssenceOf<MediaType> = MediaType extends `${infer Essence};${string}`
  ? Essence
  : MediaType extends `${string}*${string}`
    ? string
    : MediaType;

type ReadAs<MediaType, Body> =
  IsJson<MediaType> extends true
    ? Body
    : MediaType extends `application/x-www-form-urlencoded${string}`
      ? Fields<Body>
      : MediaType extends `multipart/${string}`
        ? FormData
        : MediaType extends `text/${string}` | `${string}/xml${string}` | `${string}+xml${string}`
          ? string
          : MediaType extends `${string}*${string}`
            ? unknown
            : Blob;

/** How a request goes wrong before there is a response: `network-error` rejects the fetch. */
export interface Fault {
  fault: 'network-error';
}

/** A response as the spec documents it for an operation, or a fault. */
export type HandledResponse<Types> = Documented<Part<Types, 'responses'>> | Fault;

type Documented<Responses> = {
  [Key in keyof Responses]: { status: StatusOf<Key, keyof Responses> } & HeadersOf<
    Part<Responses[Key], 'headers'>
  > &
    WrittenBody<Part<Responses[Key], 'content'>>;
}[keyof Responses];

/** Statuses by their ranges. */
interface Ranges {
  '1XX': 100 | 101 | 102 | 103;
  '2XX': 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
  '3XX': 300 | 301 | 302 | 303 | 304 | 307 | 308;
  '4XX':
    | (
        | 400
        | 401
        | 402
        | 403
        | 404
        | 405
        | 406
        | 407
        | 408
        | 409
        | 410
        | 411
        | 412
        | 413
        | 414
        | 415
        | 416
        | 417
      )
    | (418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451);
  '5XX': 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;
}

// A code wins over its range, and both over `default`.
type StatusOf<Key, Keys> = Key extends number
  ? Key
  : Key extends keyof Ranges
    ? Exclude<Ranges[Key], Keys>
    : Exclude<Ranges[Exclude<keyof Ranges, Keys>], Keys>;

type WrittenBody<Content> = [Content] extends [never]
  ? NoBody
  : { [MediaType in keyof Content]: WrittenAs<MediaType, Content[MediaType]> }[keyof Content];

type WrittenAs<MediaType, Body> = MediaType extends 'application/json'
  ? { contentType?: MediaType; body: Body }
  : MediaType extends `${string}*${string}`
    ? { contentType: string; body: BodyInit }
    : { contentType: MediaType; body: IsJson<MediaType> extends true ? Body : BodyInit };

type HeaderOf<Value> = Value extends string | number | boolean ? Value | `${Value}` : string;

type Named<Headers> = {
  [Name in keyof Headers as string extends Name ? never : Name]: HeaderOf<NonNullable<Headers[Name]>>;
};

type Others = Readonly<Record<string, string | number | boolean | undefined>>;

// What the spec requires has to be there.
type HeadersOf<Headers> = [Headers] extends [never]
  ? { headers?: Others }
  : object extends Named<Headers>
    ? { headers?: Named<Headers> & Others }
    : { headers: Named<Headers> & Others };
