import type { Oas3_1Schema } from '@redocly/openapi-core';

/** A request, each value as it goes over the wire. */
export interface ProbeRequest {
  /** Upper case. */
  method: string;
  /** With `{placeholders}`. */
  path: string;
  pathValues: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  form?: Record<string, string>;
}

/** A request that breaks the spec in one place. */
export interface Probe {
  /** What is wrong, as `exchangeJwt: query token is missing`. */
  title: string;
  request: ProbeRequest;
  /** JSON pointer to the operation. */
  pointer: string;
}

/** A parameter with its first example. */
export interface ProbedParameter {
  name: string;
  part: 'pathValues' | 'query' | 'headers';
  isRequired: boolean;
  schema: Oas3_1Schema;
  example: string;
}

/** An operation and a request to it that is as the spec says. */
export interface ValidCall {
  operationId: string;
  /** JSON pointer to the operation. */
  pointer: string;
  parameters: ProbedParameter[];
  /** The schema of the form, of a union the one that fits. */
  formSchema?: Oas3_1Schema;
  isSecured: boolean;
  request: ProbeRequest;
}
