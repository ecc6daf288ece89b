import { createNexudusAuthClient, createNexudusAuthUrls } from 'nexudus-auth-contract';

const baseUrl = 'https://space.example.com';
const client = createNexudusAuthClient({ baseUrl });
const urls = createNexudusAuthUrls({ baseUrl, portalUrl: 'https://portal.example.com' });

/** Calls each operation, or builds its URL where a browser goes there. */
export async function callAll(): Promise<unknown[]> {
  const signedIn = await client.getBearerToken({
    body: { grant_type: 'password', username: 'ada@lovelace.dev', password: 'correct-horse' },
  });
  const bearerToken = signedIn.status === 200 ? signedIn.body.access_token : '';
  const oneTime = await client.getOneTimeToken({ bearerToken });
  const exchanged = await client.exchangeJwt({ query: { token: 'one-time-jwt-1', validForInMinutes: 1440 } });
  const media = await client.getMediaToken({ bearerToken });
  const t = oneTime.status === 200 && oneTime.body.WasSuccessful ? oneTime.body.Value : '';
  const mediaToken = media.status === 200 ? media.body.jwt : '';
  return [
    bearerToken,
    exchanged.status === 200 ? exchanged.body.token : '',
    urls.redirectToServerPage({ t, redirectUrl: '/user/invoices' }),
    urls.redirectToPortal({ t }),
    urls.downloadInvoicePdf({ invoiceId: 1024, t: mediaToken }),
  ];
}
