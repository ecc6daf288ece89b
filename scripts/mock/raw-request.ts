import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came over the wire, with its body read to the end. */
export interface RawRequest {
  method: string;
  /** The request target: `/path?query`, or an absolute URL. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The part of a request that says which operation it calls. */
export type CalledRequest = Pick<RawRequest, 'method' | 'target'>;

/** Finds the operationId of the operation that a request calls. */
export type FindOperation = (request: CalledRequest) => string | undefined;
