export type { Credential, Credentials } from './credentials.ts';
export { CallError, type CallErrorCode, isCallError } from './errors.ts';
export type { ServerSentEvent } from './events.ts';
export type { OpenapiFetchPaths } from './openapi-fetch-paths.ts';
export type {
  BodyKind,
  ExampleAnswer,
  ExamplesTable,
  Operation,
  OperationsTable,
  QueryParameter,
  SecurityScheme,
  ValueStyle,
  ValueStyles,
} from './operation.ts';
export { createSender, type Sender, type SenderOptions } from './send.ts';
export { UrlError } from './url.ts';
export type { ResponseValidators, StandardIssue, StandardValidator, Violation } from './validation.ts';
