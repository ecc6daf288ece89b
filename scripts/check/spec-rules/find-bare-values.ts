import type { Oas3_1Schema, Oas3Header, Oas3Response } from '@redocly/openapi-core';
import type { Finding } from '../../cli/finding.ts';
import { readExamples } from '../../openapi/answers.ts';
import { resolveReference } from '../../openapi/document.ts';
import { listOperations, type OperationPlace, readParameters } from '../../openapi/operations.ts';
import type { Spec } from '../../openapi/read-spec.ts';
import { listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';

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
