import {
  createIndexedDbStore,
  createNexudusAuthSession,
  createNexudusAuthUrls,
  type NexudusAuthSession,
  type NexudusAuthUrls,
} from 'nexudus-auth-contract';

const baseUrl: string = import.meta.env.VITE_NEXUDUS_URL;

/** The Members Portal. The mock is both. */
export const portalUrl: string = import.meta.env.VITE_PORTAL_URL ?? baseUrl;

/** The one session of the page. Its store outlives the page: whoever comes back from a link is still signed in. */
export const session: NexudusAuthSession = createNexudusAuthSession({
  baseUrl,
  portalUrl,
  store: createIndexedDbStore(),
});

export const urls: NexudusAuthUrls = createNexudusAuthUrls({ baseUrl, portalUrl });
