// Generated from contracts/petstore.json by `npm run generate`. Do not edit.

/** How the operations of the spec go over the wire, by operationId. */
export const operations = {
  addPet: {
    method: 'POST',
    path: '/pet',
    public: false,
    requestMediaType: 'application/json',
    responses: { '200': 'json', '405': 'none' },
    query: [],
  },
  updatePet: {
    method: 'PUT',
    path: '/pet',
    public: false,
    requestMediaType: 'application/json',
    responses: { '200': 'json', '404': 'none', '405': 'none' },
    query: [],
  },
  findPetsByStatus: {
    method: 'GET',
    path: '/pet/findByStatus',
    public: false,
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
    },
    query: [
      { name: 'status', required: true },
    ],
    accept: 'application/json, application/xml;q=0.9',
  },
  getPetById: {
    method: 'GET',
    path: '/pet/{petId}',
    public: false,
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
      '404': 'none',
    },
    query: [],
    accept: 'application/json, application/xml;q=0.9',
    security: [
      {
        api_key: { in: 'header', name: 'api_key' },
      },
    ],
  },
  updatePetWithForm: {
    method: 'POST',
    path: '/pet/{petId}',
    public: false,
    requestMediaType: 'application/x-www-form-urlencoded',
    responses: { '200': 'none', '405': 'none' },
    query: [],
  },
  deletePet: {
    method: 'DELETE',
    path: '/pet/{petId}',
    public: false,
    responses: { '200': 'none', '404': 'none' },
    query: [],
  },
  getInventory: {
    method: 'GET',
    path: '/store/inventory',
    public: false,
    responses: { '200': 'json' },
    query: [],
    security: [
      {
        api_key: { in: 'header', name: 'api_key' },
      },
    ],
  },
  placeOrder: {
    method: 'POST',
    path: '/store/order',
    public: true,
    requestMediaType: 'application/json',
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
      '400': 'none',
    },
    query: [],
    accept: 'application/json, application/xml;q=0.9',
  },
  getOrderById: {
    method: 'GET',
    path: '/store/order/{orderId}',
    public: true,
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
      '404': 'none',
    },
    query: [],
    accept: 'application/json, application/xml;q=0.9',
  },
  deleteOrder: {
    method: 'DELETE',
    path: '/store/order/{orderId}',
    public: true,
    responses: { '200': 'none', '404': 'none' },
    query: [],
  },
  createUser: {
    method: 'POST',
    path: '/user',
    public: true,
    requestMediaType: 'application/json',
    responses: { '200': 'none' },
    query: [],
  },
  loginUser: {
    method: 'GET',
    path: '/user/login',
    public: true,
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
      '400': 'none',
    },
    query: [
      { name: 'username', required: true },
      { name: 'password', required: true },
    ],
    accept: 'application/json, application/xml;q=0.9',
  },
  logoutUser: {
    method: 'GET',
    path: '/user/logout',
    public: true,
    responses: { '200': 'none' },
    query: [],
  },
  getUserByName: {
    method: 'GET',
    path: '/user/{username}',
    public: true,
    responses: {
      '200': { 'application/xml': 'text', 'application/json': 'json' },
      '404': 'none',
    },
    query: [],
    accept: 'application/json, application/xml;q=0.9',
  },
  updateUser: {
    method: 'PUT',
    path: '/user/{username}',
    public: true,
    requestMediaType: 'application/json',
    responses: { '200': 'none', '404': 'none' },
    query: [],
  },
  deleteUser: {
    method: 'DELETE',
    path: '/user/{username}',
    public: true,
    responses: { '200': 'none', '404': 'none' },
    query: [],
  },
} as const;

/** Name of an operation in the spec. */
export type OperationId = keyof typeof operations;
