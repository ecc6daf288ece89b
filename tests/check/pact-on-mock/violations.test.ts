import { describe, expect, it } from 'vitest';
import { book, describeAll, hold, named } from './bookshop.ts';

describe('what the mock finds wrong', () => {
  const order = {
    '/orders': {
      post: {
        operationId: 'order',
        security: [],
        requestBody: { required: true, content: { 'application/json': { schema: book } } },
        responses: {
          200: named({ ordered: { value: { title: 'Emma' } } }),
          400: named({ refused: { value: { title: 'Emma' }, 'x-provider-state': 'it is refused' } }),
          404: named({ unfit: { value: { name: 'Emma' }, 'x-provider-state': 'it is unfit' } }),
        },
      },
    },
  };
  const post = (status: number, body: object, state?: string) => ({
    description: 'an order',
    ...(state === undefined ? {} : { providerStates: [{ name: state }] }),
    request: { method: 'POST', path: '/orders', headers: { 'Content-Type': 'application/json' }, body },
    response: { status },
  });

  it('fails an interaction whose request breaks the spec, though it expects a success', async () => {
    expect(await hold(order, [post(200, { title: 'Emma' })])).toEqual([]);
    expect(describeAll(await hold(order, [post(200, { title: 5 })]))).toEqual([
      expect.stringContaining('the mock found a violation in request.body.title: '),
    ]);
  });

  it('lets an interaction send a wrong request that expects to be refused', async () => {
    expect(await hold(order, [post(400, { title: 5 })])).toEqual([]);
  });

  it('fails an interaction whose answer breaks the spec, however much does in its request', async () => {
    const strict = structuredClone(order);
    const { requestBody, responses } = strict['/orders'].post;
    Object.assign(requestBody.content['application/json'].schema, { additionalProperties: false });
    Object.assign(responses, { 400: responses[404] });
    const names = Array.from({ length: 200 }, (_, index) => [`unknown${index}`, 1]);
    expect(describeAll(await hold(strict, [post(400, Object.fromEntries(names), 'it is unfit')]))).toEqual([
      expect.stringContaining('the mock found a violation in response.body: '),
    ]);
  });

  it('fails an interaction whose answer breaks the spec, also where it is a refusal', async () => {
    expect(describeAll(await hold(order, [post(404, { title: 'Emma' }, 'it is unfit')]))).toEqual([
      expect.stringContaining('the mock found a violation in response.body: '),
    ]);
  });
});
