import type { Oas3_1Definition, Oas3_1Schema, Oas3SecurityScheme } from '@redocly/openapi-core';
import { isFormType, isJsonType } from '../../http/media-types.ts';
import { listAlternatives } from '../../openapi/credentials.ts';
import { isPlainObject, resolveReference } from '../../openapi/document.ts';
import type { ExampleParameter } from '../../openapi/example-request.ts';
import { type RequestParts, styleParameter, toRequestParts } from '../../openapi/request-parts.ts';
import { getValidator } from '../../openapi/validator.ts';
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
const nameOfPart: Readonly<Record<string, string>> = {
  pathValues: 'path parameter',
  query: 'query parameter',
  headers: 'header',
};

/**
 * Lists requests that a spec forbids. Each is a valid one, broken in one place: a required part is missing, a value
 * breaks a keyword of its schema, a form is sent as JSON, or a credential is missing.
 */
export function listProbes(document: Oas3_1Definition): Probe[] {
  return readValidCalls(document).flatMap((call, index, calls) => [
    // Calls of one operation share their parameters.
    ...(calls[index - 1]?.place.pointer === call.place.pointer ? [] : listCommonProbes(document, call)),
    ...probeBody(document, call),
  ]);
}

/** Lists the probes of one call, without those of its parameters and credentials where `isFurther`. */
export function listCallProbes(document: Oas3_1Definition, call: ValidCall, isFurther: boolean): Probe[] {
  return [...(isFurther ? [] : listCommonProbes(document, call)), ...probeBody(document, call)];
}

function listCommonProbes(document: Oas3_1Definition, call: ValidCall): Probe[] {
  return [
    ...call.example.parameters.flatMap((parameter) => probeParameter(document, call, parameter)),
    ...probeCredentials(document, call),
  ];
}

// OpenAPI, "Parameter Object": parameters of these names are ignored.
const ignoredHeaders: readonly string[] = ['accept', 'content-type', 'authorization'];

function probeParameter(document: Oas3_1Definition, call: ValidCall, parameter: ExampleParameter): Probe[] {
  const { name, in: place = 'query', schema, required = false, value } = parameter;
  const part = partOf[place];
  if (
    part === undefined ||
    value === undefined ||
    (part === 'headers' && ignoredHeaders.includes(name.toLowerCase()))
  ) {
    return [];
  }
  const title = `${call.operationId}: ${nameOfPart[part]} ${name}`;
  const written = styleParameter(parameter).map(([key]) => (part === 'headers' ? key.toLowerCase() : key));
  const others = omit(call.request[part] as object, written);
  const change = (values: object): RequestParts => ({ ...call.request, [part]: values }) as RequestParts;
  const probe = (reason: string, values: object): Probe => ({
    title: `${title} ${reason}`,
    request: change(values),
    pointer: call.place.pointer,
  });
  const isOne = written.length === 1 && written[0]?.toLowerCase() === name.toLowerCase();
  const isScalar = isOne && typeof value !== 'object' && /^[\w.-]+$/.test(name);
  const [key = name] = written;
  const isPlain =
    isScalar &&
    (parameter.style === undefined || ['simple', 'form'].includes(parameter.style)) &&
    schema !== undefined;
  const invalid = isPlain
    ? listForbidden(document, schema).filter((one) => required || one.value !== '')
    : [];
  return [
    ...(required && isOne && part !== 'pathValues' ? [probe('is missing', others)] : []),
    // To Prism, and to most servers, an optional value that is empty is one that is left out.
    ...invalid
      .filter((one) => part !== 'pathValues' || one.value !== '')
      .map((one) => probe(one.reason, { ...others, [key]: one.value })),
  ];
}

function omit(values: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** What a schema forbids by its keywords, as far as all of the schema forbids it. */
function listForbidden(document: Oas3_1Definition, schema: Oas3_1Schema): InvalidValue[] {
  return listInvalidValues(schema).filter(({ value }) => isForbidden(document, schema, value));
}

function isForbidden(document: Oas3_1Definition, schema: Oas3_1Schema, value: unknown): boolean {
  const { explain, explainText } = getValidator(document);
  try {
    return (typeof value === 'string' ? explainText(schema, value) : explain(schema, value)) !== undefined;
  } catch {
    return false;
  }
}

function probeBody(document: Oas3_1Definition, call: ValidCall): Probe[] {
  const { operationId, request, body, place } = call;
  if (body === undefined || request.body === undefined) {
    return [];
  }
  const { required = false, content = {} } = resolveReference<{ required?: boolean; content?: object }>(
    document,
    place.operation.requestBody as object,
  );
  const probe = (title: string, changes: Partial<RequestParts>): Probe => ({
    title: `${operationId}: ${title}`,
    request: { ...request, ...changes },
    pointer: place.pointer,
  });
  const { body: _, ...bare } = request;
  const missing = {
    ...probe('the body is missing', {}),
    request: { ...bare, headers: omit(request.headers, ['content-type']) as RequestParts['headers'] },
  };
  const isForm = isFormType(body.mediaType);
  const takesJson = Object.keys(content).some((name) => isJsonType(name) || name.includes('*'));
  const asJson = probe('the form is sent as JSON', {
    headers: { ...request.headers, 'content-type': 'application/json' },
  });
  return [
    ...(required && !isForm ? [missing] : []),
    ...(isForm || isJsonType(body.mediaType) ? probeFields(document, call, probe) : []),
    ...(isForm && !takesJson ? [asJson] : []),
  ];
}

// Enough to see that a body is validated.
const maxFields = 12;

function probeFields(
  document: Oas3_1Definition,
  { body, request, place }: ValidCall,
  probe: (title: string, changes: Partial<RequestParts>) => Probe,
): Probe[] {
  const { schema = {}, mediaType = '' } = body ?? {};
  if (!isPlainObject(request.body) || isForbidden(document, schema, request.body)) {
    return [];
  }
  const fields = request.body;
  const isForm = isFormType(mediaType);
  const { required: isNeeded = false } = resolveReference<{ required?: boolean }>(
    document,
    place.operation.requestBody as object,
  );
  const label = isForm ? 'form field' : 'body property';
  const branch = findBranch(document, schema, fields);
  return Object.keys(fields)
    .slice(0, maxFields)
    .flatMap((name) => {
      const property = resolveReference<Oas3_1Schema>(
        document,
        (branch.properties?.[name] ?? {}) as Oas3_1Schema,
      );
      const isRequired = branch.required?.includes(name) === true;
      const values = isForm
        ? listInvalidValues(property).filter(({ value }) => isRequired || value !== '')
        : [];
      const changed = values.map(({ reason, value }) => [reason, { ...fields, [name]: value }] as const);
      // Ajv puts a default in, as Prism has it.
      const isLast = isForm && !isNeeded && Object.keys(fields).length === 1;
      const missing =
        property.default === undefined && !isLast ? [['is missing', omit(fields, [name])] as const] : [];
      const candidates = [...missing, ...changed];
      return candidates
        .filter(([, fieldsThen]) => isForbidden(document, schema, fieldsThen))
        .map(([reason, fieldsThen]) => probe(`${label} ${name} ${reason}`, { body: fieldsThen }));
    });
}

/** Finds the branch of a union that a value fits, or returns the schema itself. */
function findBranch(document: Oas3_1Definition, schema: Oas3_1Schema, value: object): Oas3_1Schema {
  const branches = (schema.oneOf ?? schema.anyOf ?? []).map((branch) =>
    resolveReference<Oas3_1Schema>(document, branch),
  );
  return branches.find((branch) => !isForbidden(document, branch, value)) ?? schema;
}

// A request cannot lack what no header carries, and Prism takes any request where the HTTP scheme is another one.
function isSeen(scheme: Oas3SecurityScheme): boolean {
  return scheme.type === 'http'
    ? /^(?:basic|bearer|digest)$/i.test(scheme.scheme)
    : (scheme.type as string) !== 'mutualTLS';
}

function probeCredentials(
  document: Oas3_1Definition,
  { operationId, place, example, body }: ValidCall,
): Probe[] {
  const alternatives = listAlternatives(document, place.operation);
  if (
    alternatives.length === 0 ||
    alternatives.some((schemes) => schemes.length === 0 || !schemes.every(([, scheme]) => isSeen(scheme)))
  ) {
    return [];
  }
  const { credentials } = example;
  const toProbe = (title: string, left: readonly string[]): Probe[] => {
    const isEnough = alternatives.some((schemes) => schemes.every(([name]) => left.includes(name)));
    const kept = credentials.filter(({ scheme }) => left.includes(scheme));
    const gone = credentials.filter(({ scheme }) => !left.includes(scheme));
    const parameters = example.parameters.filter(
      (one) =>
        !gone.some(
          (credential) =>
            credential.in === one.in && credential.name.toLowerCase() === one.name.toLowerCase(),
        ),
    );
    // Two schemes can be carried by one header.
    const isCarried = gone.some((one) =>
      kept.some((other) => other.in === one.in && other.name === one.name),
    );
    return isEnough || isCarried
      ? []
      : [
          {
            title: `${operationId}: ${title}`,
            request: toRequestParts(place, { parameters, credentials: kept }, body),
            pointer: place.pointer,
          },
        ];
  };
  const names = credentials.map(({ scheme }) => scheme);
  return [
    ...toProbe('the credentials are missing', []),
    ...(names.length < 2
      ? []
      : names.flatMap((name) =>
          toProbe(
            `the credential of ${name} is missing`,
            names.filter((one) => one !== name),
          ),
        )),
  ];
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
    typeof type === 'string' &&
      !['string', 'array', 'object', 'null'].includes(type) && {
        reason: `is not of type ${type}`,
        value: 'x',
      },
    constant !== undefined && { reason: 'is another constant', value: otherThan(constant) },
    members !== undefined && { reason: 'is not in the enum', value: members.map(String).join('-') },
    pattern !== undefined && breakPattern(pattern),
    minLength > 0 &&
      minLength < maxProbedLength && { reason: 'is too short', value: 'x'.repeat(minLength - 1) },
    maxLength !== undefined &&
      maxLength < maxProbedLength && { reason: 'is too long', value: 'x'.repeat(maxLength + 1) },
    format === 'email' && { reason: 'is not an e-mail address', value: 'x' },
  ];
  return values.filter((value) => value !== false && value !== undefined);
}

// Node refuses targets and headers that are much longer.
const maxProbedLength = 4000;

function otherThan(constant: unknown): string {
  return typeof constant === 'boolean' ? String(!constant) : `${constant}-x`;
}

function breakPattern(pattern: string): InvalidValue | undefined {
  try {
    const test = new RegExp(pattern, 'u');
    const value = strings.find((candidate) => !test.test(candidate));
    return value === undefined ? undefined : { reason: 'does not match the pattern', value };
  } catch {
    return undefined;
  }
}
