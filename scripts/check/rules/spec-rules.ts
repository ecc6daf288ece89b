import type { Oas3_1Schema, Oas3Header, Oas3Response } from '@redocly/openapi-core';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../../cli/finding.ts';
import { listTokenKinds, readSessions } from '../../mock/sessions/rules.ts';
import { isAnswer, listAnswers, readExamples } from '../../openapi/answers.ts';
import { resolveReference, toPointer } from '../../openapi/document.ts';
import { extensionSchemas } from '../../openapi/extensions.ts';
import { listOperations, type OperationPlace, readParameters } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { createSecrets, listUnmarkedSecrets } from '../../secrets/secrets.ts';

/**
 * Finds path parameters that are not required, which OpenAPI forbids and Redocly does not report. Findings: `spec.lint`.
 *
 * @see https://spec.openapis.org/oas/v3.1.0#parameter-object
 */
export function findOptionalPathParameters({ document, locate }: Spec): Finding[] {
  return listOperations(document).flatMap(({ pathItem, operation, pointer }) =>
    readParameters(document, { pathItem, operation })
      .filter(({ in: part, required }) => part === 'path' && required !== true)
      .map(({ name }) => ({
        code: 'spec.lint',
        severity: 'error',
        message: `Found the path parameter ${name} without "required: true", which OpenAPI requires. (path-parameters-are-required)`,
        at: locate(pointer),
      })),
  );
}

/**
 * Finds security requirements that name a scheme that there is not. Findings: `spec.lint`.
 */
export function findUnknownSchemes({ document, locate }: Spec): Finding[] {
  const known = document.components?.securitySchemes ?? {};
  const places = [
    { security: document.security, pointer: '#/security' },
    ...listOperations(document).map(({ operation, pointer }) => ({
      security: operation.security,
      pointer: `${pointer}/security`,
    })),
  ];
  return places.flatMap(({ security = [], pointer }) =>
    [...new Set(security.flatMap((requirement) => Object.keys(requirement)))]
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => ({
        code: 'spec.lint',
        severity: 'error',
        message: `Found the security scheme ${name}, expected one of components/securitySchemes. Add it there. (security-defined)`,
        at: locate(pointer),
      })),
  );
}

/**
 * Finds texts that are secrets by their name and not marked as such with `format: password`, by which tools know to
 * hide them. Findings: `spec.lint`.
 */
export function findUnmarkedSecrets({ document, locate }: Spec): Finding[] {
  return listUnmarkedSecrets(document).map(({ name, pointer }) => ({
    code: 'spec.lint',
    severity: 'error',
    message: `Found ${name} without a format, expected "format: password": it is a secret. (secrets-are-marked)`,
    at: locate(pointer),
  }));
}

/**
 * Finds extensions of this toolkit that are malformed, and in `x-session` refusals that are not documented and tokens
 * that are not marked as secrets. Findings: `spec.lint`.
 */
export function findMalformedExtensions({ document, locate }: Spec): Finding[] {
  const ajv = new Ajv2020({ strict: false });
  const checks = new Map(
    Object.entries(extensionSchemas).map(([name, schema]) => [name, ajv.compile(schema)]),
  );
  const malformed = listExtensions(document, [...checks.keys()]).flatMap(({ name, value, pointer }) => {
    const validate = checks.get(name);
    return validate?.(value) === false
      ? [{ pointer, reason: describeErrors(name, validate.errors ?? []) }]
      : [];
  });
  const unusable = malformed.length > 0 ? [] : findUnusableSessions(document);
  return [...malformed, ...unusable].map(({ pointer, reason }) => ({
    code: 'spec.lint',
    severity: 'error',
    message: `${reason} (extensions-are-well-formed)`,
    at: locate(pointer),
  }));
}

interface Flaw {
  pointer: string;
  reason: string;
}

// What an example, a default or a constant holds is data.
const dataKeys: ReadonlySet<string> = new Set(['example', 'value', 'default', 'const', 'enum']);

function listExtensions(
  node: unknown,
  names: readonly string[],
  keys: readonly string[] = [],
): { name: string; value: unknown; pointer: string }[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) => {
    const path = [...keys, key];
    if (names.includes(key) && keys.at(-1) !== 'properties') {
      return [{ name: key, value, pointer: toPointer(path) }];
    }
    return dataKeys.has(key) && keys.at(-1) !== 'properties' ? [] : listExtensions(value, names, path);
  });
}

// The deepest error says most: those of the alternatives around it only repeat that none fits.
function describeErrors(name: string, errors: readonly ErrorObject[]): string {
  const [error] = [...errors].sort((one, other) => other.instancePath.length - one.instancePath.length);
  const { instancePath = '', message = 'malformed', params = {} } = error ?? {};
  const property = 'additionalProperty' in params ? ` ("${params.additionalProperty}")` : '';
  return `Found ${name} whose ${instancePath.slice(1) || 'value'} ${message}${property}. Correct it.`;
}

function findUnusableSessions(document: Spec['document']): Flaw[] {
  const { isSecretName } = createSecrets(document);
  const answers = listAnswers(document);
  const sessions = readSessions(document);
  const known = listTokenKinds(sessions).filter(({ isOutside }) => !isOutside);
  return sessions.flatMap(({ place, rules }) => {
    const pointer = `${place.pointer}/x-session`;
    const own = answers.filter((answer) => answer.place.pointer === place.pointer);
    const parameters = readParameters(document, place);
    return rules.flatMap(({ takes, issues = {}, refusal, revokes }) => {
      const from = [takes?.from, revokes?.from].flatMap((part) =>
        part === undefined || part === 'bearer' ? [] : Object.entries(part),
      );
      const strange = takes?.reuseRevokes?.filter((kind) => known.every((one) => one.kind !== kind)) ?? [];
      // A parameter is looked at where it stands: another one of its name may be marked.
      const isMarked = ([part, name]: [string, string]): boolean => {
        const parameter = parameters.find((one) => one.in === part && one.name === name);
        return parameter === undefined
          ? isSecretName(name)
          : resolveReference<{ format?: string }>(document, parameter.schema ?? {}).format === 'password';
      };
      const unmarked = [
        ...Object.keys(issues).filter((name) => !isSecretName(name)),
        ...from.filter((entry) => !isMarked(entry)).map(([, name]) => name),
      ];
      const isRefusalMissing = !own.some((answer) => isAnswer(answer, refusal));
      const { status, example } = refusal;
      return [
        ...unmarked.map((name) => ({
          pointer,
          reason: `Found x-session with the token ${name}, whose schema has no "format: password". Add it.`,
        })),
        ...strange.map((kind) => ({
          pointer,
          reason: `Found x-session whose reuseRevokes names ${kind}, which no operation issues. Correct it.`,
        })),
        ...(isRefusalMissing
          ? [
              {
                pointer,
                reason: `Found x-session with the refusal ${[status, example].filter(Boolean).join(' ')}, which the operation does not document. Document it, or name another.`,
              },
            ]
          : []),
      ];
    });
  });
}

/**
 * Finds values that no example shows, in requests and in the headers of responses: the client, the mock and the probes
 * are tried with examples only. Findings: `spec.lint`.
 */
export function findBareValues({ document, locate }: Spec): Finding[] {
  return listOperations(document).flatMap((place) =>
    [
      ...listBareParameters(document, place),
      ...listBareFields(document, place),
      ...listBareHeaders(document, place),
    ].map((what) => ({
      code: 'spec.lint',
      severity: 'error',
      message: `${place.operation.operationId}: no example shows the ${what}. Add one. (values-have-examples)`,
      at: locate(place.pointer),
    })),
  );
}

function listBareParameters(document: Spec['document'], { pathItem, operation }: OperationPlace): string[] {
  return readParameters(document, { pathItem, operation })
    .filter(({ examples }) => readExamples(document, examples).length === 0)
    .map(({ in: part, name }) => `${part} parameter ${name}`);
}

function listBareFields(
  document: Spec['document'],
  { operation: { requestBody } }: OperationPlace,
): string[] {
  const content = requestBody && resolveReference(document, requestBody).content;
  return Object.values(content ?? {}).flatMap(({ schema, examples }) => {
    const shown = readExamples(document, examples).map(({ example }) => example.value as object);
    const branches = schema === undefined ? [] : listBranches(document, schema as SchemaNode);
    const names = new Set(branches.flatMap(({ properties }) => Object.keys(properties ?? {})));
    return [...names]
      .filter((name) => !shown.some((value) => Object.hasOwn(value, name)))
      .map((name) => `field ${name}`);
  });
}

function listBareHeaders(
  document: Spec['document'],
  { operation: { responses = {} } }: OperationPlace,
): string[] {
  return Object.entries(responses).flatMap(([status, reference]) => {
    const { headers = {} } = resolveReference<Oas3Response<Oas3_1Schema>>(document, reference);
    return Object.entries(headers)
      .map(([name, header]) => ({ name, ...resolveReference<Oas3Header<Oas3_1Schema>>(document, header) }))
      .filter(({ examples }) => readExamples(document, examples).length === 0)
      .map(({ name }) => `header ${name} of ${status}`);
  });
}
