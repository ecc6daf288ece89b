import { describe, it } from 'vitest';
import { createHandler, createHandlers } from '../../../src/runtime/msw.ts';
import { examples, operations } from './bookshop.ts';

describe('handlers of an API', () => {
  it('take the operations and the answers of its tables', () => {
    createHandlers(operations, examples, { answers: { getBook: 'not_found', buyBook: 503 } });
    createHandlers(operations, examples, { baseUrls: { buyBook: 'https://shop.your-company.com' } });
    createHandler(operations, examples, 'getBook', 'found', { once: true });
  });

  it('refuse what the tables do not have', () => {
    // @ts-expect-error a misspelt answer
    createHandlers(operations, examples, { answers: { getBook: 'sold' } });
    // @ts-expect-error an answer of another operation
    createHandlers(operations, examples, { answers: { getBook: 503 } });
    // @ts-expect-error a misspelt operation
    createHandlers(operations, examples, { baseUrls: { buybook: 'https://shop.your-company.com' } });
    // @ts-expect-error a misspelt operation
    createHandler(operations, examples, 'getbook', 'found');
    // @ts-expect-error a misspelt answer
    createHandler(operations, examples, 'getBook', 'sold');
    // @ts-expect-error operations of another API
    createHandlers({ getBook: operations.getBook }, examples);
  });
});
