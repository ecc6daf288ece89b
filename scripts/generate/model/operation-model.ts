import type { Oas3_1Schema, Oas3Operation } from '@redocly/openapi-core';
import type { ParameterModel } from '../../spec/read-parameters.ts';
import type { SecurityModel } from '../../spec/read-security.ts';
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
}
