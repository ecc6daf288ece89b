import type { Oas3_1Schema, Oas3Operation } from '@redocly/openapi-core';
import type { ParameterModel, SecurityModel } from '../../openapi/operations.ts';
import type { ContentKind } from './media-types.ts';

/** An operation as the renderers read it: named, its references resolved, its responses sorted out. */
export interface OperationModel {
  /** Key in the operations table and in the client: the operationId, or a name made of method and path. */
  id: string;
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
  mediaType: string;
  /** The documented ones that are not sent. */
  otherMediaTypes: string[];
}

export interface ResponseModel {
  /** As the spec has it: `200`, `4XX`, `default`. */
  key: string;
  /** The statuses that it stands for. */
  statuses: number[];
  /** Missing where no body is documented or none is possible. */
  content?: {
    kind: ContentKind;
    mediaTypes: string[];
    /** Whether the schema of each media type says string. */
    isString: boolean;
  };
} /** Names that are taken, and how to take another. */
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
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) ? name : `${noun}${name}`;
}

/**
 * Names an operation without an operationId by its method and path, as `getUsersId` for `GET /users/{id}`.
 */
export function nameByPath(method: string, path: string): string {
  return `${method}${toPascalCase(path, 'Root')}`;
}

/**
 * Tells whether a name can stand where TypeScript wants an identifier, reserved words aside.
 */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
