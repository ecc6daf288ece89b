import type { Oas3_1Definition, Oas3_1Schema } from '@redocly/openapi-core';
import type { RequestParts } from '../../openapi/example-request.ts';
import { readValidCalls, type ValidCall } from './calls.ts';

/** A request that breaks the spec in one place. */
export interface Probe {
  /** What is wrong, as `listItems: query page is missing`. */
  title: string;
  request: RequestParts;
  /** JSON pointer to the operation. */
  pointer: string;
}

type Part = 'pathValues' | 'query' | 'headers' | 'body';

const partOf: Readonly<Record<string, Part>> = { path: 'pathValues', query: 'query', header: 'headers' };
const nameOfPart: Readonly<Record<Part, string>> = {
  pathValues: 'path parameter',
  query: 'query parameter',
  headers: 'header',
  body: 'form field',
};

/**
 * Lists requests that a spec forbids. Each is built from the examples of the spec and broken in one place: a required
 * part is missing, a value breaks a keyword of its schema, a form is sent as JSON, or the credentials are missing.
 *
 * Of bodies, only forms are probed.
 */
export function listProbes(document: Oas3_1Definition): Probe[] {
  const probes = readValidCalls(document).flatMap((call) => [
    ...call.parameters.flatMap(({ in: place = 'query', name, schema = {}, required = false }) => {
      const part = partOf[place];
      return part === undefined
        ? []
        : probeValue(call, part, name, schema, required && part !== 'pathValues');
    }),
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
  const key = part === 'headers' ? name.toLowerCase() : name;
  const { [key]: _, ...others } = (request[part] ?? {}) as Record<string, string>;
  const change = (values: Record<string, string>): RequestParts => ({ ...request, [part]: values });
  // To Prism, and to most servers, an optional value that is empty is one that is left out.
  const values = listInvalidValues(schema).filter(({ value }) => isRequired || value !== '');
  const invalid = values.map(({ reason, value }) => ({
    title: `${title} ${reason}`,
    request: change({ ...others, [key]: value }),
    pointer,
  }));
  return isRequired
    ? [{ title: `${title} is missing`, request: change(others), pointer }, ...invalid]
    : invalid;
}

function probeForm(call: ValidCall): Probe[] {
  const { operationId, pointer, request, formSchema } = call;
  if (formSchema === undefined) {
    return [];
  }
  const fields = Object.keys(request.body as object).flatMap((name) => {
    const schema = (formSchema.properties?.[name] ?? {}) as Oas3_1Schema;
    return probeValue(call, 'body', name, schema, formSchema.required?.includes(name) === true);
  });
  const asJson = { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
  return [...fields, { title: `${operationId}: the form is sent as JSON`, request: asJson, pointer }];
}

function probeCredentials({ operationId, pointer, anonymous }: ValidCall): Probe[] {
  const title = `${operationId}: the credentials are missing`;
  return anonymous === undefined ? [] : [{ title, request: anonymous, pointer }];
}

/** A value that a schema forbids, as sent over the wire, and the reason. */
export interface InvalidValue {
  reason: string;
  value: string;
}

const strings = ['x', '!', '//', ''];

/**
 * Lists values that a schema of a single value forbids: one for each keyword that it has.
 */
export function listInvalidValues(schema: Oas3_1Schema): InvalidValue[] {
  const { type, const: constant, enum: members, pattern, minLength = 0, maxLength, format } = schema;
  const values: (InvalidValue | false | undefined)[] = [
    typeof type === 'string' && type !== 'string' && { reason: `is not of type ${type}`, value: 'x' },
    constant !== undefined && { reason: 'is another constant', value: otherThan(constant) },
    members !== undefined && { reason: 'is not in the enum', value: members.map(String).join('-') },
    pattern !== undefined && breakPattern(new RegExp(pattern)),
    minLength > 0 && { reason: 'is too short', value: 'x'.repeat(minLength - 1) },
    maxLength !== undefined && { reason: 'is too long', value: 'x'.repeat(maxLength + 1) },
    format === 'email' && { reason: 'is not an e-mail address', value: 'x' },
  ];
  return values.filter((value) => value !== false && value !== undefined);
}

function otherThan(constant: unknown): string {
  return typeof constant === 'boolean' ? String(!constant) : `${constant}-x`;
}

function breakPattern(pattern: RegExp): InvalidValue | undefined {
  const value = strings.find((candidate) => !pattern.test(candidate));
  return value === undefined ? undefined : { reason: 'does not match the pattern', value };
}
