import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { renderDocComment } from './doc-comment.ts';
import { lineWidth, quote } from './literal.ts';
import { renderSchemaType } from './schema-type.ts';

/**
 * Renders the result of an operation as a union that narrows on `status`, or `never` where the spec documents no
 * response.
 */
export function renderResultType(model: OperationModel): string {
  const members = model.responses.flatMap((response) => renderMembers(response, renderSchemaType(model)));
  const union = members.length === 0 ? ' never' : members.map((member) => `\n  | ${member}`).join('');
  const comment = renderDocComment([`Result of \`${model.id}\`, told apart by \`status\`.`]);
  return `${comment}export type ${model.typeName}Result =${union};\n`;
}

function renderMembers(response: ResponseModel, schemaType: string): string[] {
  const successes = response.statuses.filter((status) => status >= 200 && status < 300);
  const others = response.statuses.filter((status) => !successes.includes(status));
  const body = renderBodyType(response, schemaType);
  return [
    ...(successes.length === 0 ? [] : [renderMember(successes, true, body)]),
    ...(others.length === 0 ? [] : [renderMember(others, false, body)]),
  ];
}

function renderMember(statuses: readonly number[], ok: boolean, body: string): string {
  const line = `{ status: ${statuses.join(' | ')}; ok: ${ok}; body: ${body}; response: Response }`;
  if (line.length + 4 <= lineWidth) {
    return line;
  }
  const members = [`status: ${renderStatuses(statuses)}`, `ok: ${ok}`, `body: ${body}`, 'response: Response'];
  return `{\n${members.map((member) => `      ${member};\n`).join('')}    }`;
}

function renderStatuses(statuses: readonly number[]): string {
  const perLine = 14;
  if (statuses.length <= perLine) {
    return statuses.join(' | ');
  }
  const lines = Array.from({ length: Math.ceil(statuses.length / perLine) }, (_, index) =>
    statuses.slice(index * perLine, (index + 1) * perLine).join(' | '),
  );
  return lines.map((line) => `\n        | ${line}`).join('');
}

/**
 * Renders the type of a response's body.
 *
 * @param schemaType the type that `schema.ts` has for the operation
 */
export function renderBodyType({ key, content }: ResponseModel, schemaType: string): string {
  if (content === undefined) {
    return 'undefined';
  }
  // What is read as bytes or as text is of that type, whatever its schema calls it.
  if (content.kind === 'blob' || (content.kind === 'text' && !content.isString)) {
    return content.kind === 'blob' ? 'Blob' : 'string';
  }
  const response = `${schemaType}['responses'][${/^\d+$/.test(key) ? key : quote(key)}]`;
  return content.mediaTypes.map((mediaType) => `${response}['content'][${quote(mediaType)}]`).join(' | ');
}
