// What the client uses of it.
export { createFinalURL, createQuerySerializer, mergeHeaders } from 'openapi-fetch';
