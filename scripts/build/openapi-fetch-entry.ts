// What the client uses of it.
export {
  createQuerySerializer,
  mergeHeaders,
  serializeArrayParam,
  serializeObjectParam,
} from 'openapi-fetch';
