import { describe, expect, it } from 'vitest';
import { CallError, createSender, type ResponseValidators } from '../../../src/runtime/index.ts';
import { failureOf } from '../client-that-gets.ts';

const baseUrl = 'https://api.your-company.com';

describe('validators of another API', () => {
  const operations = {
    getBook: {
      method: 'GET',
      path: '/book',
      public: true,
      responses: { '200': 'json', '404': 'none', '4XX': 'json', default: 'json' },
      query: [],
    },
  } as const;
  const refuse = (message: string, path?: (string | number | { key: string })[]) => ({
    '~standard': { validate: async () => ({ issues: [{ message, path }] }) },
  });

  function sendWith(validate: () => ResponseValidators | Promise<ResponseValidators>, status = 200) {
    const sent: string[] = [];
    const fetch = async (url: string) => {
      sent.push(url);
      return Response.json({ title: 'x' }, { status });
    };
    const send = createSender(operations, { baseUrl, fetch, validate });
    return { call: send('getBook'), sent };
  }

  it.each([
    [200, 'must be of 200'],
    [409, 'must be of 4XX'],
    [503, 'must be of default'],
  ])('takes the validator of the status %i', async (status, expected) => {
    const validators = {
      getBook: {
        '200': refuse('must be of 200'),
        '4XX': refuse('must be of 4XX'),
        default: refuse('must be of default'),
      },
    };
    expect(await failureOf(sendWith(async () => validators, status).call)).toMatchObject({
      status,
      violations: [{ pointer: '', expected }],
    });
  });

  it('takes no validator of a range for a status that is documented by itself', async () => {
    const { call } = sendWith(() => ({ getBook: { '4XX': refuse('must not be looked at') } }), 404);
    expect(await call).toMatchObject({ status: 404, body: undefined });
  });

  it('accepts any Standard Schema, and escapes its path', async () => {
    const { call } = sendWith(() => ({ getBook: { '200': refuse('must be', ['a/b', { key: '~c' }, 0]) } }));
    expect(await failureOf(call)).toMatchObject({
      violations: [{ pointer: '/a~1b/~0c/0', expected: 'must be' }],
    });
  });

  it('sends nothing when the validators can not be loaded', async () => {
    const { call, sent } = sendWith(() => Promise.reject(new Error('offline')));
    const error = await call.catch((error: unknown) => error);
    expect(error).toMatchObject({ message: 'offline' });
    expect(error).not.toBeInstanceOf(CallError);
    expect(sent).toEqual([]);
  });
});
