// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

/** How the body of a response is read; `none` where the spec documents no body. */
export type BodyKind = 'json' | 'text' | 'blob' | 'none';

/** A query parameter, as far as building a URL needs to know it. */
export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  /** The only value that the spec allows. */
  readonly const?: string | number | boolean;
  /** A regular expression, not anchored by itself. */
  readonly pattern?: string;
}

/** How an operation goes over the wire. */
export interface Operation {
  /** In upper case. */
  readonly method: string;
  /** With `{placeholders}`. */
  readonly path: string;
  /** The spec asks for no credentials in a header, query or cookie. */
  readonly public: boolean;
  /** Media type of the request body; missing where the spec documents no body. */
  readonly requestMediaType?: string;
  /** By status, range or `default`, as the spec has it. */
  readonly responses: Readonly<Record<string, BodyKind>>;
  /** In the order of the spec. */
  readonly query: readonly QueryParameter[];
}

/** The operations of the spec, by operationId. */
export const operations = {
  getBearerToken: {
    method: 'POST',
    path: '/api/token',
    public: true,
    requestMediaType: 'application/x-www-form-urlencoded',
    responses: { '200': 'json', '400': 'json' },
    query: [],
  },
  getOneTimeToken: {
    method: 'POST',
    path: '/api/sys/users/token/refresh',
    public: false,
    responses: { '200': 'json', '401': 'none', '500': 'json' },
    query: [],
  },
  exchangeJwt: {
    method: 'POST',
    path: '/api/sys/users/exchange',
    public: true,
    responses: { '200': 'json', '400': 'none', '401': 'none' },
    query: [
      { name: 'token', required: true },
      { name: 'validForInMinutes', required: true },
    ],
  },
  getMediaToken: {
    method: 'GET',
    path: '/api/auth/media/customer',
    public: false,
    responses: { '200': 'json', '401': 'none' },
    query: [],
  },
  redirectToServerPage: {
    method: 'GET',
    path: '/user/login',
    public: true,
    responses: { '302': 'none', '401': 'none' },
    query: [
      { name: 'server', required: true, const: true },
      { name: 't', required: true },
      { name: 'redirectUrl', required: true, pattern: '^/([^/\\\\\\x00-\\x20][^\\\\\\x00-\\x1f]*)?$' },
    ],
  },
  redirectToPortal: {
    method: 'GET',
    path: '/login',
    public: true,
    responses: { '302': 'none', '401': 'none' },
    query: [
      { name: 't', required: true },
      { name: 'redirectUrl', required: false, pattern: '^/([^/\\\\\\x00-\\x20][^\\\\\\x00-\\x1f]*)?$' },
    ],
  },
  downloadInvoicePdf: {
    method: 'GET',
    path: '/api/public/billing/invoices/{invoiceId}/pdf',
    public: true,
    responses: { '200': 'blob', '401': 'none' },
    query: [
      { name: 't', required: true },
    ],
  },
} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
