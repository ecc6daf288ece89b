import type { Oas3_1Schema, Oas3Operation } from '@redocly/openapi-core';
import type { ValueStyle } from '../../../src/runtime/operation.ts';
import type { SecurityModel } from '../../openapi/credentials.ts';
import type { ParameterModel } from '../../openapi/operations.ts';
import type { ContentKind, ContentModel } from './media-types.ts';

/** An operation as the renderers read it: named, its references resolved, its responses sorted out. */
export interface OperationModel {
  /** Key in the operations table and in the client: the operationId, or a name made of method and path. */
  id: string;
  /** The name of the client's function: the id, or a name in camelCase if the id is not an identifier or is a reserved word. */
  functionName: string;
  /** In PascalCase and unique: `GetBearerToken` of `GetBearerTokenOptions`. */
  typeName: string;
  /** Lower case, as the spec has it. */
  method: string;
  path: string;
  /** As the spec has it: summary, description, extensions. */
  operation: Oas3Operation<Oas3_1Schema>;
  /** Those of the path item first; one of the operation takes the place of its namesake. */
  parameters: ParameterModel[];
  requestBody?: RequestBodyModel;
  responses: ResponseModel[];
  security: SecurityModel;
}

export interface RequestBodyModel {
  required: boolean;
  /** The media types, that one first which is sent unless a call chooses. */
  contents: RequestContentModel[];
}

/** A media type of a request body. */
export interface RequestContentModel {
  mediaType: string;
  kind: ContentKind | 'form' | 'multipart';
  /** Whether its schema says string. */
  isString: boolean;
  /** How its fields are written, by name, where not in the default way. */
  encoding: Readonly<Record<string, ValueStyle>>;
}

export interface ResponseModel {
  /** As the spec has it: `200`, `4XX`, `default`. */
  key: string;
  /** The statuses that it stands for. */
  statuses: number[];
  /** The media types that come first, of all that are read in their way. Missing where no body is possible. */
  content?: ContentModel;
  /** All media types, sorted by how they are read and of which type they are. */
  contents: ContentModel[];
}

/** Names that are taken, and how to take another. */
export class NameRegister {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** Takes the name, or the first free one of `name_2`, `name_3`… */
  take(name: string): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count += 1) {
      free = `${name}_${count}`;
    }
    this.#taken.add(free);
    return free;
  }
}

/**
 * Turns any text into an identifier in PascalCase, as `repos/get-commit` into `ReposGetCommit`. What can't begin an
 * identifier gets a noun in front.
 */
export function toPascalCase(text: string, noun: string): string {
  const words = text.split(/(?:_|\P{ID_Continue})+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{ID_Start}/u.test(name) ? name : `${noun}${name}`;
}

/**
 * Names an operation without an operationId by its method and path, as `getUsersId` for `GET /users/{id}`.
 */
export function nameByPath(method: string, path: string): string {
  return `${method}${toPascalCase(path, 'Root')}`;
}

/** Names that code must not use: reserved words, members of every object, and `then`, which would make a promise. */
const ownNames = new Set(
  `await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super
  switch this throw true try typeof undefined var void while with yield arguments then
  ${Object.getOwnPropertyNames(Object.prototype).join(' ')}`.split(/\s+/),
);

/**
 * Names the function of an operation: by its id where that is an identifier and no word of JavaScript, else in camelCase,
 * as `getStations` for `get-stations` and `deleteOperation` for `delete`.
 */
export function toFunctionName(id: string): string {
  if (isIdentifier(id) && !ownNames.has(id)) {
    return id;
  }
  const name = toPascalCase(id, 'Operation').replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
  return ownNames.has(id) || ownNames.has(name) ? `${name}Operation` : name;
}

/**
 * Tells whether a name can stand where TypeScript wants an identifier, reserved words aside.
 */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
