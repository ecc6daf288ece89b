import { type ContractConfig, defineContract } from 'openapi-contract-kit/config';

const config: ContractConfig = defineContract({
  spec: 'contracts/twilio_oauth_v1.json',
  overlays: ['contracts/overlay.yaml'],
  generated: 'contracts/generated',
  consumer: 'sign-in-page',
  provider: 'twilio-oauth',
  pacts: 'contracts/pacts',
  consumerTests: { config: 'contracts/vitest.config.ts' },
  typeCheck: ['contracts/tsconfig.json'],
  // What `verify --base-url` sends to a live provider. List in `states` which provider states it is in.
  verify: {
    variables: {
      TWILIO_OAUTH_ACCOUNT_SID_AUTH_TOKEN: { purpose: 'a user and a password, as user:password' },
    },
    credentials: { accountSid_authToken: 'TWILIO_OAUTH_ACCOUNT_SID_AUTH_TOKEN' },
    states: [],
  },
  gates: {
    // Only the provider can fix these in its document. Delete the lines if the document is yours.
    severities: {
      'spec.lint': 'warning',
      'spec.looser-than-pact': 'warning',
      'spec.lacks-example': 'warning',
    },
  },
});

export default config;
