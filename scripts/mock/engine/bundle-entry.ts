export { createInstance } from '@stoplight/prism-http';
// They are in Prism, and the mock validates with them what it sends and what its own paths receive.
export { Ajv } from 'ajv';
export { Ajv2020 } from 'ajv/dist/2020.js';
export { default as addFormats } from 'ajv-formats';
