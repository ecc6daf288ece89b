/** The operations of a small API, as generated code has them. */
export const operations = {
  getBook: {
    method: 'GET',
    path: '/books/{book}',
    public: true,
    responses: { '200': 'json', '404': 'json' },
    query: [],
  },
  getCover: {
    method: 'GET',
    path: '/books/{book}.{format}',
    public: true,
    responses: { '200': 'text' },
    query: [{ name: 'size', required: true }],
  },
  getBestseller: {
    method: 'GET',
    path: '/books/best-of(all)',
    public: true,
    responses: { '200': 'json' },
    query: [],
  },
  buyBook: {
    method: 'POST',
    path: '/orders',
    public: false,
    responses: { '503': 'none' },
    query: [],
  },
} as const;

/** The answers that its spec shows. */
export const examples = {
  getBook: {
    not_found: {
      status: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: { title: 'Gone' },
    },
    found: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { title: 'Emma' } },
  },
  getCover: { cover: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'a cover' } },
  getBestseller: { title: { status: 200, headers: { 'Content-Type': 'application/json' }, body: 'Emma' } },
  buyBook: { '503': { status: 503, headers: { 'Retry-After': '60' } } },
} as const;
