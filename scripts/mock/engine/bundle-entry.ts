export { createInstance } from '@stoplight/prism-http';
// It is in Prism, and the mock checks by it what its own paths are sent.
export { Ajv2020 } from 'ajv/dist/2020.js';
