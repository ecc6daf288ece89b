import type { ContentModel } from '../model/media-types.ts';
import { listStatuses } from '../model/media-types.ts';
import type { OperationModel, ResponseModel } from '../model/operation-model.ts';
import { lineWidth, quote, renderDocComment, toOneLine } from '../text/literal.ts';

/**
 * Renders the result of an operation as a union that narrows on `status`, or `never` where the spec documents no
 * response.
 */
export function renderResultType(model: OperationModel, nameBody: NameBody): string {
  const members = model.responses.flatMap((response) =>
    renderMembers(response, renderSchemaType(model), nameBody),
  );
  const union = members.length === 0 ? ' never' : members.map((member) => `\n  | ${member}`).join('');
  const comment = renderDocComment([`Result of \`${toOneLine(model.id)}\`, discriminated by \`status\`.`]);
  return `${comment}export type ${model.typeName}Result =${union};\n`;
}

function renderMembers(response: ResponseModel, schemaType: string, nameBody: NameBody): string[] {
  const { contents, statuses } = response;
  const successes = statuses.filter((status) => status >= 200 && status < 300);
  const others = statuses.filter((status) => !successes.includes(status));
  const bodies =
    contents.length < 2
      ? [[`body: ${renderBodyType(response, schemaType, nameBody)}`]]
      : contents.map((content) => {
          const types = content.mediaTypes.map(quote).join(' | ');
          const body = renderContentType(response.key, content, schemaType, nameBody);
          return [`contentType: ${types}`, `body: ${body}`];
        });
  return [
    ...(successes.length === 0 ? [] : bodies.map((body) => renderMember(successes, true, body))),
    ...(others.length === 0 ? [] : bodies.map((body) => renderMember(others, false, body))),
  ];
}

function renderMember(statuses: readonly number[], ok: boolean, body: readonly string[]): string {
  const members = [`status: ${renderStatuses(statuses)}`, `ok: ${ok}`, ...body, 'response: Response'];
  const line = `{ ${members.join('; ')} }`;
  return line.length + 4 <= lineWidth
    ? line
    : `{\n${members.map((member) => `      ${member};\n`).join('')}    }`;
}

/**
 * Renders the type of a response's body.
 *
 * @param schemaType the type that `schema.ts` has for the operation
 */
export function renderBodyType(
  { key, content }: Pick<ResponseModel, 'key' | 'content'>,
  schemaType: string,
  nameBody: NameBody = (expression) => expression,
): string {
  return content === undefined ? 'undefined' : renderContentType(key, content, schemaType, nameBody);
}

function renderContentType(
  key: string,
  { kind, mediaTypes, isString }: ContentModel,
  schemaType: string,
  nameBody: NameBody,
): string {
  // A body that is read as bytes or text has that type, even if its schema says otherwise.
  if (kind === 'blob' || (kind === 'text' && !isString)) {
    return kind === 'blob' ? 'Blob' : 'string';
  }
  if (kind === 'events' && isString) {
    return 'AsyncIterable<ServerSentEvent>';
  }
  const response = `${schemaType}['responses'][${renderStatusKey(key)}]`;
  const types = mediaTypes.map((mediaType) => nameBody(`${response}['content'][${quote(mediaType)}]`));
  const type = [...new Set(types)].join(' | ');
  return kind === 'events' ? `AsyncIterable<ServerSentEvent<${type}>>` : type;
}

/**
 * Renders the type that `schema.ts` has for an operation. openapi-typescript lists those with an operationId under
 * `operations`, and the others under their path only.
 */
export function renderSchemaType({ method, path, operation }: OperationModel): string {
  return operation.operationId
    ? // It writes a `#` in an operationId as a slash.
      `operations[${quote(operation.operationId.replaceAll('#', '/'))}]`
    : `paths[${quote(path)}][${quote(method)}]`;
}

/** Renders what a response is documented under as the key of a type. */
export function renderStatusKey(key: string): string {
  return /^\d+$/.test(key) ? key : quote(key);
}

/** The names of the types of bodies, by the expressions that lead to them in `schema.ts`. */
export type NamedBodies = ReadonlyMap<string, string>;

/** Gives the type of a body: its name in the place of the expression that leads to it, or that expression. */
export type NameBody = (expression: string) => string;

/**
 * Renders the import of what generated code uses of `schema.ts`, if anything.
 */
export function renderSchemaImport(code: string, types: readonly string[] = []): string {
  const names = [...types, ...['operations', 'paths'].filter((name) => code.includes(`${name}['`))];
  const line = `import type { ${names.join(', ')} } from './schema.ts';\n`;
  if (names.length === 0 || line.length <= lineWidth) {
    return names.length === 0 ? '' : line;
  }
  return `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from './schema.ts';\n`;
}

/** The ranges of statuses that the results of generated clients name, with what they stand for. */
const ranges = {
  SuccessStatus: '2XX',
  RedirectStatus: '3XX',
  ClientErrorStatus: '4XX',
  ServerErrorStatus: '5XX',
} as const;

type RangeName = keyof typeof ranges;

const describe = {
  SuccessStatus: 'The registered statuses of a success.',
  RedirectStatus: 'The registered statuses of a redirect, and 304.',
  ClientErrorStatus: 'The registered statuses of a fault of the client.',
  ServerErrorStatus: 'The registered statuses of a fault of the server.',
};

/** The types of ranges, by name. Each is written once, and not in each result that has it. */
export const statusTypes: Readonly<Record<string, string>> = Object.fromEntries(
  (Object.keys(ranges) as RangeName[]).map((name) => [
    name,
    `
/** ${describe[name]} */
export type ${name} = ${listRange(name).join(' | ')};
`,
  ]),
);

/**
 * Renders a set of statuses as a type: one by one, or as ranges without what is not in the set.
 */
function renderStatuses(statuses: readonly number[]): string {
  const names = (Object.keys(ranges) as RangeName[]).filter((name) =>
    listRange(name).some((status) => statuses.includes(status)),
  );
  const registered = names.flatMap(listRange);
  const excluded = registered.filter((status) => !statuses.includes(status));
  const isOneByOne =
    statuses.length <= names.length + excluded.length ||
    statuses.some((status) => !registered.includes(status));
  if (isOneByOne) {
    return statuses.join(' | ');
  }
  const union = names.join(' | ');
  return excluded.length === 0 ? union : `Exclude<${union}, ${excluded.join(' | ')}>`;
}

function listRange(name: RangeName): number[] {
  return listStatuses(ranges[name], []);
}
