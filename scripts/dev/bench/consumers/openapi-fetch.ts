import type { paths } from 'nexudus-auth-contract/schema';
import createClient from 'openapi-fetch';

const baseUrl = 'https://space.example.com';
const client = createClient<paths>({ baseUrl });

/** Calls each operation, or builds its URL where a browser goes there. */
export async function callAll(): Promise<unknown[]> {
  const signedIn = await client.POST('/api/token', {
    body: { grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  const bearerToken = signedIn.data?.access_token ?? '';
  const headers = { Authorization: `Bearer ${bearerToken}` };
  const oneTime = await client.POST('/api/sys/users/token/refresh', { headers });
  const query = { token: 'one-time-jwt-1', validForInMinutes: 1440 };
  const exchanged = await client.POST('/api/sys/users/exchange', { params: { query } });
  const media = await client.GET('/api/auth/media/customer', { headers });
  const t = encodeURIComponent(oneTime.data?.WasSuccessful ? oneTime.data.Value : '');
  const mediaToken = encodeURIComponent(media.data?.jwt ?? '');
  return [
    bearerToken,
    exchanged.data?.token ?? '',
    `${baseUrl}/user/login?server=true&t=${t}&redirectUrl=${encodeURIComponent('/user/invoices')}`,
    `https://portal.example.com/login?t=${t}`,
    `${baseUrl}/api/public/billing/invoices/${1024}/pdf?t=${mediaToken}`,
  ];
}
