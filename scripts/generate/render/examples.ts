import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3Header,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { readExamples } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { readOperations } from '../model/read-operations.ts';
import { renderKey, renderLiteral } from '../text/literal.ts';

const shape = `
/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or \`default\` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where \`Content-Type\` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}
`;

type Named<Value> = readonly [name: string, value: Value];

/**
 * Renders `examples.ts` without its header: the answers that the spec shows, plain data by operationId and name. An
 * answer has the name of its example; without one, its status is its name.
 *
 * Of several media types the first with examples counts, and of several examples of one name the first. A response
 * whose body has no example is left out.
 */
export function renderExamples(document: Oas3_1Definition): string {
  const entries = readOperations(document).map((operation) => {
    const answers = operation.responses.flatMap((response) => readAnswers(document, operation, response));
    const firsts = answers.filter(([name], at) => answers.findIndex(([other]) => other === name) === at);
    return `  ${renderKey(operation.id)}: ${renderLiteral(Object.fromEntries(firsts), '  ')},\n`;
  });
  return `${shape}
/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples = {
${entries.join('')}} as const;
`;
}

function readAnswers(
  document: Oas3_1Definition,
  { operation }: OperationModel,
  { key, statuses: [status] }: ResponseModel,
): Named<object>[] {
  const reference = operation.responses?.[key];
  if (reference === undefined || status === undefined) {
    return [];
  }
  const response = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
  const headers = readHeaders(document, response);
  const contents = Object.entries(response.content ?? {});
  if (contents.length === 0) {
    return [[key, { status, headers }]];
  }
  const shown = contents.map(([mediaType, content]) =>
    listValues(document, content, key).map(([name, body]): Named<object> => {
      return [name, { status, headers: { 'Content-Type': mediaType, ...headers }, body }];
    }),
  );
  return shown.find((answers) => answers.length > 0) ?? [];
}

function readHeaders(document: Oas3_1Definition, response: Oas3Response<Oas3_1Schema>): object {
  const values = Object.entries(response.headers ?? {}).flatMap(([name, reference]) => {
    const header = resolveReference<Oas3Header<Oas3_1Schema>>(document, reference);
    return listValues(document, header, '')
      .slice(0, 1)
      .map(([, value]) => [name, String(value)] as const);
  });
  return Object.fromEntries(values);
}

// An `externalValue` is not read.
function listValues(
  document: Oas3_1Definition,
  { example, examples }: { example?: unknown; examples?: Record<string, Referenced<Oas3Example>> },
  unnamed: string,
): Named<unknown>[] {
  const named = readExamples(document, examples)
    .filter(({ example: { value } }) => value !== undefined)
    .map(({ name, example: { value } }) => [name, value] as const);
  return named.length > 0 || example === undefined ? named : [[unnamed, example]];
}
