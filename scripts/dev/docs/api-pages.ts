import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3Parameter,
  Oas3RequestBody,
  Oas3Response,
} from '@redocly/openapi-core';
import { resolveReference } from '../../openapi/document.ts';
import {
  listOperations,
  nameOperation,
  type OperationPlace,
  readParameters,
} from '../../openapi/operations.ts';
import { readSpec } from '../../openapi/read-spec.ts';
import type { Pages } from './reference.ts';
import { code, escapeText, joinBlocks, origin, renderTable } from './render.ts';

/** Anything of a document: our extensions may stand on it. */
type Stated<Part> = Part & { 'x-evidence'?: string; 'x-provider-state'?: string; 'x-match'?: object };
type Schema = Stated<Oas3_1Schema>;

async function readDocument(file: string): Promise<Oas3_1Definition> {
  const reading = await readSpec(file);
  if (reading.spec === undefined) {
    throw new Error(`Cannot read ${file}: ${reading.findings.map(({ message }) => message).join(' ')}`);
  }
  return reading.spec.document;
}

/**
 * Renders a page for each operation of a spec, with the evidence beside each statement, and one that lists them.
 */
export async function renderApi(specFile: string): Promise<Pages> {
  const document = await readDocument(specFile);
  const operations = listOperations(document);
  const rows = operations.map((place) => {
    const name = nameOperation(place);
    const { summary = '' } = place.operation;
    return [
      `[\`${name}\`](api/${name}.md)`,
      code(`${place.method.toUpperCase()} ${place.path}`),
      escapeText(summary),
      renderEvidence(evidenceOf(place.operation)),
    ];
  });
  const list = joinBlocks([
    origin,
    '# The API',
    `Generated from [the spec](../../${specFile}), version ${document.info?.version}. It is not published by Nexudus: [Evidence](../concepts/evidence.md) says what the last column means.`,
    renderTable(['operation', 'request', 'does', 'evidence'], rows),
    'Hosts:',
    (document.servers ?? [])
      .map(({ url, description = '' }) => `- ${code(url)}: ${escapeText(description)}`)
      .join('\n'),
    '[The sign-in flow](../concepts/sign-in-flow.md) shows which call follows which.',
  ]);
  const pages = operations.map((place) => [
    `api/${nameOperation(place)}.md`,
    renderOperation(document, place),
  ]);
  return { 'api.md': list, ...Object.fromEntries(pages) };
}

function evidenceOf(part: object, inherited = ''): string {
  return (part as Stated<object>)['x-evidence'] ?? inherited;
}

// A page of the provider's documentation is named; the other words stand alone.
function renderEvidence(evidence: string): string {
  const [word = '', ...page] = evidence.split(' ');
  return page.length === 0 ? word : `${word}: ${code(page.join(' '))}`;
}

function renderOperation(document: Oas3_1Definition, place: OperationPlace): string {
  const { operation, method, path } = place;
  const evidence = evidenceOf(operation);
  const body =
    operation.requestBody && resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
  const secured = (operation.security ?? []).flatMap((one) => Object.keys(one));
  return joinBlocks([
    origin,
    `# ${code(nameOperation(place))}`,
    `\`\`\`text\n${method.toUpperCase()} ${path}\n\`\`\``,
    escapeText((operation.description ?? operation.summary ?? '').trim()),
    `Evidence, unless a row says otherwise: ${renderEvidence(evidence)}. Authentication: ${secured.length === 0 ? 'none' : secured.map(code).join(', ')}.`,
    ...renderParameters(document, place, evidence),
    ...(body === undefined
      ? []
      : renderContent(document, 'Request body', body.content, evidenceOf(body, evidence))),
    ...Object.entries(operation.responses ?? {}).flatMap(([status, reference]) => {
      const response = resolveReference<Stated<Oas3Response<Oas3_1Schema>>>(document, reference);
      return renderResponse(document, status, response, evidence);
    }),
  ]);
}

function renderParameters(document: Oas3_1Definition, place: OperationPlace, evidence: string): string[] {
  const parameters = readParameters(document, place);
  if (parameters.length === 0) return [];
  const rows = parameters.map((parameter: Oas3Parameter<Oas3_1Schema>) => [
    code(parameter.name),
    `${parameter.in}, ${nameType(document, parameter.schema ?? {})}${parameter.required === true ? ', required' : ''}`,
    escapeText(parameter.description ?? ''),
    renderEvidence(evidenceOf(parameter, evidence)),
  ]);
  return ['## Parameters', renderTable(['name', 'type', 'is', 'evidence'], rows)];
}

function renderResponse(
  document: Oas3_1Definition,
  status: string,
  response: Stated<Oas3Response<Oas3_1Schema>>,
  inherited: string,
): string[] {
  const evidence = evidenceOf(response, inherited);
  const headers = Object.keys(response.headers ?? {});
  return [
    `## ${status}`,
    `${escapeText((response.description ?? '').trim())} (${renderEvidence(evidence)})`,
    headers.length === 0 ? '' : `Headers: ${headers.map(code).join(', ')}.`,
    ...renderContent(document, '', response.content ?? {}, evidence),
    renderExamples(response, evidence),
  ];
}

type Content = Readonly<Record<string, Oas3MediaType<Oas3_1Schema>>>;

function renderContent(
  document: Oas3_1Definition,
  heading: string,
  content: Content,
  evidence: string,
): string[] {
  return Object.entries(content).flatMap(([mediaType, { schema = {} }]) => {
    const rows = listStatements(document, schema, evidence);
    return [
      heading === '' ? '' : `## ${heading}`,
      `${code(mediaType)}${rows.length === 0 ? '.' : ':'}`,
      rows.length === 0 ? '' : renderTable(['property', 'type', 'is', 'evidence'], rows),
    ];
  });
}

/** Lists the properties of a schema, those of each of its alternatives, with their evidence. */
function listStatements(
  document: Oas3_1Definition,
  reference: Oas3_1Schema,
  inherited: string,
  within = '',
): string[][] {
  const schema = resolveReference<Schema>(document, reference);
  const evidence = evidenceOf(schema, inherited);
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const resolved = resolveReference<Schema>(document, property);
    const optional = schema.required?.includes(name) === true ? '' : ', optional';
    const meant = [within, escapeText(resolved.description ?? '')].filter((text) => text !== '').join('. ');
    return [
      code(name),
      `${nameType(document, resolved)}${optional}`,
      meant,
      renderEvidence(evidenceOf(resolved, evidence)),
    ];
  });
  const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((branch) =>
    listStatements(document, branch, evidence, nameReference(branch)),
  );
  return [...own, ...branches];
}

function nameReference({ $ref }: { $ref?: string }): string {
  return $ref === undefined ? '' : `In ${code($ref.split('/').at(-1) ?? '')}`;
}

function nameType(document: Oas3_1Definition, reference: Oas3_1Schema): string {
  const schema = resolveReference<Schema>(document, reference);
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(String(value))).join(', ');
  const branches = schema.anyOf ?? schema.oneOf;
  if (schema.type === undefined && branches !== undefined)
    return branches.map((branch) => nameType(document, branch)).join(', or any ');
  const type = [schema.type ?? 'any'].flat().join(' or ');
  const items =
    schema.items === undefined || typeof schema.items === 'boolean'
      ? ''
      : ` of ${nameType(document, schema.items)}`;
  return `${type === 'array' ? `list${items}` : type}${schema.format === 'password' ? ', secret' : ''}`;
}

function renderExamples(
  { content = {}, ...response }: Stated<Oas3Response<Oas3_1Schema>>,
  evidence: string,
): string {
  const examples = Object.values(content).flatMap(({ examples = {} }) =>
    Object.entries(examples as Record<string, Stated<{ summary?: string }>>),
  );
  const named = examples.map(([name, { summary = '', ...example }]) => [
    code(name),
    escapeText(summary),
    renderMatch(example),
    renderEvidence(evidenceOf(example, evidence)),
  ]);
  const bodiless =
    response['x-match'] === undefined
      ? []
      : [['no body', '', renderMatch(response), renderEvidence(evidence)]];
  const rows = named.length > 0 ? named : bodiless;
  return rows.length === 0 ? '' : renderTable(['example', 'is', 'the mock returns it for', 'evidence'], rows);
}

function renderMatch(part: Stated<object>): string {
  const match = Object.entries(part['x-match'] ?? {}).flatMap(([where, values]) =>
    Object.entries(values as object).map(([name, value]) =>
      value === null
        ? `no ${code(name)}`
        : `${where === 'header' ? 'the header ' : ''}${code(`${name}=${value}`)}`,
    ),
  );
  return match.join(', ');
}

/**
 * Renders the admin API of the mock on one page.
 */
export async function renderAdmin(specFile: string): Promise<Pages> {
  const document = await readDocument(specFile);
  const operations = listOperations(document);
  const rows = operations.map(({ method, path, operation }) => [
    code(`${method.toUpperCase()} ${path}`),
    escapeText(operation.summary ?? ''),
    escapeText(operation.description ?? ''),
  ]);
  const bodies = operations.flatMap(({ method, path, operation }) => {
    const body =
      operation.requestBody &&
      resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
    const [media] = Object.values(body?.content ?? {});
    const properties =
      media?.schema === undefined
        ? []
        : listStatements(document, media.schema, '').map((row) => row.slice(0, 3));
    return properties.length === 0
      ? []
      : [
          `## ${code(`${method.toUpperCase()} ${path}`)}`,
          renderTable(['property', 'type', 'is'], properties),
        ];
  });
  return {
    'mock-admin.md': joinBlocks([
      origin,
      '# The admin API of the mock',
      `Generated from [its spec](../../${specFile}). No page of another origin can use these paths. Bodies are JSON.`,
      renderTable(['request', 'does', 'detail'], rows),
      ...bodies,
    ]),
  };
}
