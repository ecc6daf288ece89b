// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

/** How the operations of the spec go over the wire, by operationId. */
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
    accept: 'application/pdf',
  },
} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
