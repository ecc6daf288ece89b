import type { OperationModel, RequestBodyModel } from '../model/operation-model.ts';
import { renderDocComment } from './doc-comment.ts';
import { quote } from './literal.ts';
import { renderSchemaType } from './schema-type.ts';

interface OptionModel {
  name: string;
  required: boolean;
  type: string;
  comment?: string;
}

/**
 * Tells whether an operation can't be called without options.
 */
export function hasRequiredOptions(model: OperationModel): boolean {
  return listOptions(model).some(({ required }) => required);
}

/**
 * Renders the options of an operation as a type: parameters by place, body and bearer token.
 */
export function renderOptionsType(model: OperationModel): string {
  const comment = renderDocComment([`Options of \`${model.id}\`.`]);
  const options = listOptions(model);
  if (options.length === 0) {
    return `${comment}export type ${model.typeName}Options = CallOptions;\n`;
  }
  const members = options.map(
    ({ name, required, type, comment }) =>
      `${renderDocComment([comment], '  ')}  ${name}${required ? '' : '?'}: ${type};\n`,
  );
  return `${comment}export interface ${model.typeName}Options extends CallOptions {\n${members.join('')}}\n`;
}

function listOptions(model: OperationModel): OptionModel[] {
  const schemaType = renderSchemaType(model);
  return [
    ...listParameterOptions(model, schemaType),
    ...(model.requestBody === undefined ? [] : [toBodyOption(model.requestBody, schemaType)]),
    ...listTokenOptions(model),
  ];
}

// Cookies are left out: fetch lets no caller set them.
function listParameterOptions({ parameters }: OperationModel, schemaType: string): OptionModel[] {
  return (['path', 'query', 'header'] as const).flatMap((place) => {
    const inPlace = parameters.filter((parameter) => parameter.in === place);
    if (inPlace.length === 0) {
      return [];
    }
    const required = place === 'path' || inPlace.some((parameter) => parameter.required === true);
    const type = `${schemaType}['parameters'][${quote(place)}]`;
    return [{ name: place, required, type: required ? type : `NonNullable<${type}>` }];
  });
}

function toBodyOption(body: RequestBodyModel, schemaType: string): OptionModel {
  const type = `${schemaType}['requestBody']`;
  const others =
    body.otherMediaTypes.length === 0 ? '' : ` The spec also has ${body.otherMediaTypes.join(', ')}.`;
  return {
    name: 'body',
    required: body.required,
    type: `${body.required ? type : `NonNullable<${type}>`}['content'][${quote(body.mediaType)}]`,
    comment: `Sent as ${body.mediaType}.${others}`,
  };
}

function listTokenOptions({ security }: OperationModel): OptionModel[] {
  if (security.bearerToken === 'none') {
    return [];
  }
  const required = security.bearerToken === 'required';
  return [{ name: 'bearerToken', required, type: 'string', comment: 'Sent in the Authorization header.' }];
}
