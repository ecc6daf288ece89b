import type {
  Oas3_1Definition,
  Oas3_1Schema,
  Oas3MediaType,
  Oas3Parameter,
  Oas3RequestBody,
  Oas3SecurityScheme,
  Referenced,
} from '@redocly/openapi-core';
import { isFormType, isJsonType, readEssence } from '../../http/media-types.ts';
import { listSchemes } from '../../openapi/credentials.ts';
import { resolveReference } from '../../openapi/document.ts';
import { listOperations, type ParameterModel } from '../../openapi/operations.ts';
import { listBranches } from '../../openapi/schemas.ts';
import type { SchemaNode } from '../../openapi/validator.ts';
import { schemaOf, shapeOf } from '../rules/wire-values.ts';

/**
 * Leaves out of a document what the mock would refuse a true request for: credentials that no request of a pact shows or
 * that tests leave to the verifier, lists and objects in parameters and forms, bodies that it cannot parse, and parameters
 * of media types, by which it chooses no schema. The gates against the spec check these, as far as they can be.
 */
export function dropUncheckable(document: Oas3_1Definition): Oas3_1Definition {
  const schemes = listUncheckable(document);
  const copy = structuredClone(document);
  for (const owner of [copy, ...listOperations(copy).map(({ operation }) => operation)]) {
    if (owner.security !== undefined) {
      owner.security = loosenSecurity(owner.security, schemes);
    }
  }
  for (const { operation, pathItem } of listOperations(copy)) {
    for (const owner of [operation, pathItem]) {
      if (owner.parameters !== undefined) {
        owner.parameters = owner.parameters.flatMap((one) => loosenParameter(copy, one));
      }
    }
    if (operation.requestBody !== undefined) {
      const body = resolveReference<Oas3RequestBody<Oas3_1Schema>>(copy, operation.requestBody);
      body.content = loosenContent(copy, body.content ?? {});
    }
  }
  return copy;
}

type Security = NonNullable<Oas3_1Definition['security']>;

// Prism refuses credentials where an alternative asks for none.
function loosenSecurity(security: Security, schemes: readonly string[]): Security {
  const loosened = security.map((requirement) =>
    Object.fromEntries(Object.entries(requirement).filter(([name]) => !schemes.includes(name))),
  );
  const isOpen = loosened.some(
    (requirement, index) =>
      Object.keys(requirement).length === 0 && Object.keys(security[index] ?? {}).length > 0,
  );
  return isOpen ? [] : loosened;
}

type ParameterNode = Referenced<Oas3Parameter<Oas3_1Schema>>;

function loosenParameter(document: Oas3_1Definition, reference: ParameterNode): ParameterNode[] {
  const parameter = resolveReference<Oas3Parameter<Oas3_1Schema>>(document, reference);
  const isText =
    parameter.content === undefined && shapeOf(document, [schemaOf(parameter as ParameterModel)]) === 'text';
  return isText ? [reference] : [];
}

function listUncheckable(document: Oas3_1Definition): string[] {
  const isChecked = (scheme: Oas3SecurityScheme): boolean =>
    scheme.type === 'apiKey' || (scheme.type === 'http' && /^(?:basic|bearer)$/i.test(scheme.scheme));
  return listSchemes(document).flatMap(([name, scheme]) => (isChecked(scheme) ? [] : [name]));
}

type Content = Record<string, Oas3MediaType<Oas3_1Schema>>;

function loosenContent(document: Oas3_1Definition, content: Content): Content {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      const alike = Object.keys(content).filter((other) => readEssence(other) === readEssence(type));
      const schemas = alike.map((other) => content[other]?.schema ?? {});
      const isParsed = isJsonType(type) || (isFormType(type) && isFlat(document, media.schema ?? {}));
      const { schema = {} } = media;
      return [type, { ...media, schema: isParsed ? (alike.length > 1 ? { anyOf: schemas } : schema) : {} }];
    }),
  );
}

function isFlat(document: Oas3_1Definition, schema: SchemaNode): boolean {
  return listBranches(document, schema)
    .flatMap(({ properties }) => Object.values(properties ?? {}))
    .every((property) => shapeOf(document, [property as SchemaNode]) === 'text');
}
