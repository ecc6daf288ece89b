export { getHttpOperationsFromSpec } from '@stoplight/prism-http/dist/utils/operations.js';
