import { describe, expect, it } from 'vitest';
import { bearerToken, clientThatGets } from './client-that-gets.ts';

describe('documented answers', () => {
  it('resolves to status, ok, body and response', async () => {
    const { client } = clientThatGets(() =>
      Response.json({ jwt: 'media-token-1' }, { headers: { 'X-Id': '1' } }),
    );
    const result = await client.getMediaToken({ bearerToken });
    expect(result).toMatchObject({ status: 200, ok: true, body: { jwt: 'media-token-1' } });
    expect(result.response.headers.get('X-Id')).toBe('1');
  });

  it('keeps what is null in an envelope', async () => {
    const envelope = { WasSuccessful: false, Value: null, Status: 500, Message: null, Errors: null };
    const { client } = clientThatGets(() => Response.json(envelope, { status: 500 }));
    expect(await client.getOneTimeToken({ bearerToken })).toMatchObject({
      status: 500,
      ok: false,
      body: envelope,
    });
  });

  it.each(['', '<html>Unauthorized</html>', '{"Message":"no"}'])(
    'drops the body %j of an answer whose body is not documented',
    async (body) => {
      const { client } = clientThatGets(() => new Response(body, { status: 401 }));
      const result = await client.getMediaToken({ bearerToken });
      expect(result).toMatchObject({ status: 401, ok: false, body: undefined });
    },
  );

  it('reads a PDF as a Blob', async () => {
    const headers = { 'Content-Type': 'application/pdf' };
    const { client } = clientThatGets(() => new Response('%PDF-1.4', { headers }));
    const result = await client.downloadInvoicePdf({
      path: { invoiceId: 1024 },
      query: { t: 'media-token-1' },
    });
    expect(result.status === 200 && (await result.body.text())).toBe('%PDF-1.4');
  });
});
