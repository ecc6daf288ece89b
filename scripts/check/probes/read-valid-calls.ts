import {
  escapePointerFragment,
  type Oas3_1Definition,
  type Oas3_1Schema,
  type Oas3Example,
  type Oas3MediaType,
  type Oas3Operation,
  type Oas3Parameter,
  type Oas3PathItem,
  type Oas3RequestBody,
  type Referenced,
} from '@redocly/openapi-core';
import { resolveReference } from '../../spec/resolve-reference.ts';
import type { ProbedParameter, ProbeRequest, ValidCall } from './probe.ts';

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
const formType = 'application/x-www-form-urlencoded';
const places = { path: 'pathValues', query: 'query', header: 'headers' } as const;

/**
 * Lists requests that are as the spec says, made from its own examples: one for each example of a form, else one for
 * each operation.
 */
export function readValidCalls(document: Oas3_1Definition): ValidCall[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, reference]) => {
    const pathItem = resolveReference<Oas3PathItem<Oas3_1Schema>>(document, reference);
    return methods.flatMap((method) => {
      const operation = pathItem[method];
      return operation === undefined ? [] : callsOf(document, pathItem, operation, method, path);
    });
  });
}

function callsOf(
  document: Oas3_1Definition,
  pathItem: Oas3PathItem<Oas3_1Schema>,
  operation: Oas3Operation<Oas3_1Schema>,
  method: string,
  path: string,
): ValidCall[] {
  const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((reference) =>
    readParameter(document, reference),
  );
  const isSecured = (operation.security ?? document.security ?? []).length > 0;
  const request: ProbeRequest = {
    method: method.toUpperCase(),
    path,
    pathValues: {},
    query: {},
    headers: isSecured ? { authorization: 'Bearer access-token-1' } : {},
  };
  for (const { part, name, example } of parameters) {
    request[part][name] = example;
  }
  const call = {
    operationId: operation.operationId ?? `${method} ${path}`,
    pointer: `#/paths/${escapePointerFragment(path)}/${method}`,
    parameters,
    isSecured,
    request,
  };
  const forms = readForms(document, operation);
  return forms.length === 0
    ? [call]
    : forms.map(({ form, formSchema }) => ({ ...call, formSchema, request: { ...request, form } }));
}

function readParameter(
  document: Oas3_1Definition,
  reference: Referenced<Oas3Parameter<Oas3_1Schema>>,
): ProbedParameter {
  const { name, in: place, required = false, schema = {}, examples } = resolveReference(document, reference);
  const [example] = readExamples(document, examples);
  return {
    name,
    part: places[place as keyof typeof places],
    isRequired: required,
    schema: resolveReference<Oas3_1Schema>(document, schema),
    example: String(example),
  };
}

function readForms(
  document: Oas3_1Definition,
  operation: Oas3Operation<Oas3_1Schema>,
): { form: Record<string, string>; formSchema: Oas3_1Schema }[] {
  if (operation.requestBody === undefined) {
    return [];
  }
  const { content } = resolveReference<Oas3RequestBody<Oas3_1Schema>>(document, operation.requestBody);
  const { schema = {}, examples }: Oas3MediaType<Oas3_1Schema> = content[formType] ?? {};
  const root = resolveReference<Oas3_1Schema>(document, schema);
  const branches = (root.oneOf ?? root.anyOf ?? [root]).map((branch) =>
    resolveReference<Oas3_1Schema>(document, branch),
  );
  return readExamples(document, examples).flatMap((example) => {
    const form = example as Record<string, string>;
    const formSchema = branches.find((branch) => fits(branch, form));
    return formSchema === undefined ? [] : [{ form, formSchema }];
  });
}

// Enough to tell the branches of a union apart: what is required is there, and constants are what they are.
function fits({ required = [], properties = {} }: Oas3_1Schema, form: Record<string, string>): boolean {
  return (
    required.every((name) => name in form) &&
    Object.entries(properties).every(([name, schema]) => {
      const { const: constant } = schema as Oas3_1Schema;
      return constant === undefined || constant === form[name];
    })
  );
}

function readExamples(
  document: Oas3_1Definition,
  examples: Readonly<Record<string, Referenced<Oas3Example>>> = {},
): unknown[] {
  return Object.values(examples).map((example) => resolveReference<Oas3Example>(document, example).value);
}
