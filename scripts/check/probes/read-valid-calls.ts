import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3Operation,
  Oas3RequestBody,
} from '@redocly/openapi-core';
import { listOperations, type OperationPlace } from '../../spec/list-operations.ts';
import { readExamples } from '../../spec/read-examples.ts';
import { type ParameterModel, readParameters } from '../../spec/read-parameters.ts';
import { readSecurity } from '../../spec/read-security.ts';
import { resolveReference } from '../../spec/resolve-reference.ts';
import type { ProbedParameter, ProbeRequest, ValidCall } from './probe.ts';

const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'patch'];
const formType = 'application/x-www-form-urlencoded';
const places = { path: 'pathValues', query: 'query', header: 'headers' } as const;

/**
 * Lists requests that are as the spec says, made from its own examples: one for each example of a form, else one for
 * each operation.
 */
export function readValidCalls(document: Oas3_1Definition): ValidCall[] {
  return listOperations(document)
    .filter(({ method }) => methods.includes(method))
    .flatMap((place) => callsOf(document, place));
}

function callsOf(
  document: Oas3_1Definition,
  { method, path, pathItem, operation, pointer }: OperationPlace,
): ValidCall[] {
  const parameters = readParameters(document, pathItem, operation).map((one) => toProbed(document, one));
  const isSecured = !readSecurity(document, operation.security).isPublic;
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
    pointer,
    parameters,
    isSecured,
    request,
  };
  // RFC 9110, section 9.3.1: what a GET carries has no meaning, and fetch sends none.
  const forms = method === 'get' ? [] : readForms(document, operation);
  return forms.length === 0
    ? [call]
    : forms.map(({ form, formSchema }) => ({ ...call, formSchema, request: { ...request, form } }));
}

function toProbed(document: Oas3_1Definition, parameter: ParameterModel): ProbedParameter {
  const { name, in: place, required = false, schema = {}, examples } = parameter;
  const [first] = readExamples(document, examples);
  return {
    name,
    part: places[place as keyof typeof places],
    isRequired: required,
    schema,
    example: String(first?.example.value),
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
  return readExamples(document, examples).flatMap(({ example }) => {
    const form = example.value as Record<string, string>;
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
