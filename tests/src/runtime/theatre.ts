/** The types of a small API, as generated code has them. */
export interface Schema {
  getPlay: {
    parameters: {
      query: { stage?: 'main' | 'studio'; seats: number[] };
      path: { play: number };
    };
    requestBody?: never;
    responses: {
      200: {
        headers: { 'X-Seats-Left': number; ETag?: string; [name: string]: unknown };
        content: { 'application/json': { title: string; opens: string }; 'text/csv': string };
      };
      404: {
        headers: { [name: string]: unknown };
        content: { 'application/problem+json': { title: string } };
      };
      default: { headers: { [name: string]: unknown }; content?: never };
    };
  };
  bookSeats: {
    parameters: { query?: never; path?: never };
    requestBody: {
      content: {
        'application/json': { seats: number[] };
        'application/x-www-form-urlencoded': { seat: number[]; name: string } | { code: 'guest' };
        'multipart/form-data': { list: Blob };
        'text/plain': string;
      };
    };
    responses: { 201: { headers: { Location: string; [name: string]: unknown }; content?: never } };
  };
  cancelPlay: {
    parameters: { path: { play: number } };
    requestBody?: { content: { 'application/json': { reason: string } } };
    responses: { '4XX': { headers: { [name: string]: unknown }; content?: never }; 409: { content?: never } };
  };
}

/** Its operations. */
export const operations = {
  getPlay: {
    method: 'GET',
    path: '/plays/{play}',
    public: true,
    responses: {
      '200': { 'application/json': 'json', 'text/csv': 'text' },
      '404': 'json',
      default: 'none',
    },
    query: [
      { name: 'stage', required: false },
      { name: 'seats', required: false },
    ],
  },
  bookSeats: {
    method: 'POST',
    path: '/seats',
    public: true,
    responses: { '201': 'none' },
    query: [],
  },
  cancelPlay: {
    method: 'DELETE',
    path: '/plays/{play}',
    public: true,
    responses: { '4XX': 'none' },
    query: [],
  },
} as const;
