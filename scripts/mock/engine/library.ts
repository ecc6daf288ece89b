import { pathToFileURL } from 'node:url';
import type { Oas3_1Definition, Oas3_1Schema, Oas3MediaType } from '@redocly/openapi-core';
import type {
  createInstance,
  getHttpOperationsFromSpec,
  IHttpRequest,
  IHttpResponse,
} from '@stoplight/prism-http';
import { builtFile } from '../../cli/toolkit.ts';
import type * as Bundle from './bundle-entry.ts';
import type * as ReaderBundle from './bundle-reader.ts';
import type { AskedRequest } from './request.ts';

/** An operation of the spec, as Prism holds it: every `$ref` resolved. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

export type Instance = ReturnType<typeof createInstance>;
export type Components = Parameters<typeof createInstance>[1];

/** The parts of Prism whose results are remembered. */
export type Parts = Required<Pick<Components, 'route' | 'mock' | 'validateOutput'>>;

/** Prism's part that picks a response and renders it. */
export type Render = Parts['mock'];

/** What Prism hands over to have a response rendered. */
export type MockOptions = Parameters<Render>[0];

/** A response with what is wrong in it and in its request, or the error that Prism answers with. */
export type PrismResult = Awaited<ReturnType<ReturnType<Instance['request']>>>;

/** Prism's core for one spec. It is loaded with the first request. */
export interface Prism {
  /** The spec that it was loaded with. */
  document: Oas3_1Definition;
  /** The operations that were read until now. Each is read when it is first asked for. */
  operations: readonly Operation[];
  /** Routes and validates a request and renders its response. Rejects where Prism throws. */
  ask: (request: AskedRequest) => Promise<PrismResult>;
  /** Validates a request and the answer that another server gave to it. Rejects where Prism throws. */
  judge: (request: IHttpRequest, answer: IHttpResponse) => Promise<PrismResult>;
  /** What the document says of a response to a request, in its media type. */
  findMedia: (
    request: IHttpRequest,
    status: number,
    mediaType: string,
  ) => Oas3MediaType<Oas3_1Schema> | undefined;
  /** The methods that the request's path has, in lower case. */
  findMethods: (request: IHttpRequest) => Promise<IHttpRequest['method'][]>;
}

/**
 * Loads the part of Prism that answers, which the build has bundled into one file: it takes a tenth of the time and of the
 * memory that Prism takes.
 */
export async function loadPrismBundle(): Promise<typeof Bundle> {
  return import(pathToFileURL(builtFile('prism.js')).href);
}

/**
 * Loads the part of Prism that reads a document, which the build has bundled into another file.
 */
export async function loadPrismReader(): Promise<typeof ReaderBundle> {
  return import(pathToFileURL(builtFile('prism-reader.js')).href);
}
