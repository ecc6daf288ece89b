/** The spec that the commands read unless told otherwise. In a file of its own: what reads specs is slow to load. */
export const defaultSpecFile = 'openapi/nexudus-auth.yaml';
