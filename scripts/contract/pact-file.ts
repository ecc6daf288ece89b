/** The committed pact, which `contract` writes. */
export const pactFile = 'contracts/pacts/nexudus-portal-nexudus-api.json';
