/** Credentials for every state, each with a word that no output may hold. */
export const env = {
  NEXUDUS_BEARER_TOKEN: 'sekret-bearer/1',
  NEXUDUS_USERNAME: 'sekret@user.dev',
  NEXUDUS_PASSWORD: 'sekret pass+w&rd',
  NEXUDUS_CLIENT_ID: 'sekret-client',
  NEXUDUS_REFRESH_TOKEN: 'sekret-refresh',
  NEXUDUS_MEDIA_TOKEN: 'sekret-media',
  NEXUDUS_INVOICE_ID: '77',
  NEXUDUS_ONE_TIME_TOKEN: 'sekret-one-time',
  NEXUDUS_ONE_TIME_JWT: 'sekret-jwt',
} as const;
