import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import { listInvalidValues } from './invalid-values.ts';
import type { Probe, ProbeRequest, ValidCall } from './probe.ts';
import { readValidCalls } from './read-valid-calls.ts';

type Part = 'pathValues' | 'query' | 'headers' | 'form';

const nameOfPart: Readonly<Record<Part, string>> = {
  pathValues: 'path parameter',
  query: 'query parameter',
  headers: 'header',
  form: 'form field',
};

/**
 * Lists requests that a spec refuses, each made from its own examples and broken in one place: something required
 * is left out, a value breaks a keyword of its schema, a form comes as JSON, or the credentials are missing.
 *
 * Bodies are probed where they are forms.
 */
export function listProbes(document: Oas3_1Definition): Probe[] {
  const probes = readValidCalls(document).flatMap((call) => [
    ...call.parameters.flatMap(({ part, name, schema, isRequired }) =>
      probeValue(call, part, name, schema, isRequired && part !== 'pathValues'),
    ),
    ...probeForm(call),
    ...probeCredentials(call),
  ]);
  // Calls of one operation share their parameters.
  return [...new Map(probes.map((probe) => [JSON.stringify(probe), probe])).values()];
}

function probeValue(
  { operationId, pointer, request }: ValidCall,
  part: Part,
  name: string,
  schema: Oas3_1Schema,
  isRequired: boolean,
): Probe[] {
  const title = `${operationId}: ${nameOfPart[part]} ${name}`;
  const { [name]: _, ...others } = request[part] ?? {};
  const change = (values: Record<string, string>): ProbeRequest => ({ ...request, [part]: values });
  // To Prism, and to most servers, an optional value that is empty is one that is left out.
  const values = listInvalidValues(schema).filter(({ value }) => isRequired || value !== '');
  const invalid = values.map(({ reason, value }) => ({
    title: `${title} ${reason}`,
    request: change({ ...request[part], [name]: value }),
    pointer,
  }));
  return isRequired
    ? [{ title: `${title} is missing`, request: change(others), pointer }, ...invalid]
    : invalid;
}

function probeForm(call: ValidCall): Probe[] {
  const { operationId, pointer, request, formSchema } = call;
  if (request.form === undefined || formSchema === undefined) {
    return [];
  }
  const fields = Object.keys(request.form).flatMap((name) => {
    const schema = (formSchema.properties?.[name] ?? {}) as Oas3_1Schema;
    return probeValue(call, 'form', name, schema, formSchema.required?.includes(name) === true);
  });
  const asJson = { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
  return [...fields, { title: `${operationId}: the form comes as JSON`, request: asJson, pointer }];
}

function probeCredentials({ operationId, pointer, isSecured, request }: ValidCall): Probe[] {
  const { authorization: _, ...headers } = request.headers;
  const title = `${operationId}: the credentials are missing`;
  return isSecured ? [{ title, request: { ...request, headers }, pointer }] : [];
}
