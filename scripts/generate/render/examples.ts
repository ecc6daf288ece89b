import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3Example,
  Oas3Header,
  Oas3Response,
  Referenced,
} from '@redocly/openapi-core';
import { isJsonType } from '../../http/media-types.ts';
import { readExamples } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { readOperations } from '../model/read-operations.ts';
import { quote, renderKey, renderLiteral } from '../text/literal.ts';
import { renderSchemaImport, renderSchemaType } from './results.ts';

const shape = `
/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or \`default\` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where \`Content-Type\` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}

/** An example answer of one status, whose body has the type of the response. */
export interface ExampleOf<Status extends number, Body> extends ExampleAnswer {
  readonly status: Status;
  readonly body: Body;
}
`;

type Named<Value> = readonly [name: string, value: Value];

/** An example as code, and its type. */
interface Shown {
  answer: { status: number; headers: object; body?: unknown };
  type: string;
}

/**
 * Renders `examples.ts` without its header: the answers that the spec shows, plain data by operationId and name. An
 * answer has the name of its example; without one, its status is its name.
 *
 * Of several media types the first with examples counts, and of several examples of one name the first. A response
 * whose body has no example is left out.
 */
export function renderExamples(document: Oas3_1Definition): string {
  const types: string[] = [];
  const values: string[] = [];
  for (const operation of readOperations(document)) {
    const firsts = new Map<string, Shown>();
    for (const [name, shown] of operation.responses.flatMap((one) => readAnswers(document, operation, one))) {
      firsts.set(name, firsts.get(name) ?? shown);
    }
    const members = [...firsts].map(([name, { type }]) => `    readonly ${renderKey(name)}: ${type};\n`);
    const data = Object.fromEntries([...firsts].map(([name, { answer }]) => [name, answer]));
    const key = renderKey(operation.id);
    types.push(`  readonly ${key}: ${members.length === 0 ? '{}' : `{\n${members.join('')}  }`};\n`);
    values.push(`  ${key}: ${renderLiteral(data, '  ')},\n`);
  }
  const declared = `{\n${types.join('')}}`;
  const imports = renderSchemaImport(declared);
  return `${imports === '' ? '' : `\n${imports}`}${shape}
/** The type of \`examples\`: written out, since the compiler infers none of that many values. */
export type Examples = ${types.length === 0 ? '{}' : declared};

/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples: Examples = {
${values.join('')}} as unknown as Examples;
`;
}

function readAnswers(
  document: Oas3_1Definition,
  model: OperationModel,
  { key, statuses: [status] }: ResponseModel,
): Named<Shown>[] {
  const reference = model.operation.responses?.[key];
  if (reference === undefined || status === undefined) {
    return [];
  }
  const response = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
  const headers = readHeaders(document, response);
  const contents = Object.entries(response.content ?? {});
  if (contents.length === 0) {
    return [[key, { answer: { status, headers }, type: `ExampleOf<${status}, undefined>` }]];
  }
  const shown = contents.map(([mediaType, content]) => {
    // A body that is not JSON is shown as text, even if its schema describes an object.
    const body = isJsonType(mediaType)
      ? `${renderSchemaType(model)}['responses'][${/^\d+$/.test(key) ? key : quote(key)}]['content'][${quote(mediaType)}]`
      : 'unknown';
    return listValues(document, content, key).map(([name, value]): Named<Shown> => {
      const answer = { status, headers: { 'Content-Type': mediaType, ...headers }, body: value };
      return [name, { answer, type: `ExampleOf<${status}, ${body}>` }];
    });
  });
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
