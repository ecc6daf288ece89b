// Generated from contracts/twilio_oauth_v1.json by `npm run generate`. Do not edit.

/** How the operations of the spec go over the wire, by operationId. */
export const operations = {
  FetchOpenidDiscovery: {
    method: 'GET',
    path: '/v1/.well-known/openid-configuration',
    public: false,
    responses: { '200': 'json' },
    query: [],
    security: [
      {
        accountSid_authToken: { in: 'header', name: 'Authorization', scheme: 'Basic' },
      },
    ],
  },
  FetchCerts: {
    method: 'GET',
    path: '/v1/certs',
    public: false,
    responses: { '200': 'json' },
    query: [],
    security: [
      {
        accountSid_authToken: { in: 'header', name: 'Authorization', scheme: 'Basic' },
      },
    ],
  },
  CreateDeviceCode: {
    method: 'POST',
    path: '/v1/device/code',
    public: false,
    requestMediaType: 'application/x-www-form-urlencoded',
    responses: { '201': 'json' },
    query: [],
    security: [
      {
        accountSid_authToken: { in: 'header', name: 'Authorization', scheme: 'Basic' },
      },
    ],
  },
  CreateToken: {
    method: 'POST',
    path: '/v1/token',
    public: false,
    requestMediaType: 'application/x-www-form-urlencoded',
    responses: { '201': 'json', '400': 'json' },
    query: [],
    security: [
      {
        accountSid_authToken: { in: 'header', name: 'Authorization', scheme: 'Basic' },
      },
    ],
  },
  FetchUserInfo: {
    method: 'GET',
    path: '/v1/userinfo',
    public: false,
    responses: { '200': 'json', '401': 'none' },
    query: [],
    security: [
      {
        accountSid_authToken: { in: 'header', name: 'Authorization', scheme: 'Basic' },
      },
    ],
  },
} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
