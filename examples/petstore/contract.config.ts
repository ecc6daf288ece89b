import { type ContractConfig, defineContract } from 'openapi-contract-kit/config';

const config: ContractConfig = defineContract({
  spec: 'contracts/petstore.json',
  overlays: ['contracts/overlay.yaml'],
  generated: 'contracts/generated',
  consumer: 'pet-shop',
  provider: 'swagger-petstore',
  pacts: 'contracts/pacts',
  consumerTests: { config: 'contracts/vitest.config.ts' },
  typeCheck: ['contracts/tsconfig.json'],
  // What `verify --base-url` sends to a live provider, and which provider states it is in.
  verify: {
    variables: {
      SWAGGER_PETSTORE_PETSTORE_AUTH: { purpose: 'a bearer token' },
      SWAGGER_PETSTORE_API_KEY: { purpose: 'an API key' },
    },
    credentials: { petstore_auth: 'SWAGGER_PETSTORE_PETSTORE_AUTH', api_key: 'SWAGGER_PETSTORE_API_KEY' },
    states: [
      { state: 'there is no pet 404' },
      { state: 'there is no order 9' },
      { state: 'there is no user nobody' },
    ],
  },
  gates: {
    // With its overlay, the document is as strict as the tests: what is looser is wrong.
    severities: {
      'spec.lint': 'warning',
      'spec.looser-than-pact': 'error',
      'spec.lacks-example': 'error',
    },
  },
});

export default config;
