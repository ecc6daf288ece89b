import type { Oas3_1Definition } from '@redocly/openapi-core';
import { renderKey } from '../text/literal.ts';
import { checkedFormats, compileChecks } from '../validators/compile.ts';
import { type ResponseSchema, readResponseSchemas } from '../validators/response-schemas.ts';
import { makeValidator } from '../validators/runtime.ts';
import { renderBodyType, renderSchemaImport, renderSchemaType } from './results.ts';

const types = `
/** What is expected, and where. It holds nothing of the value that was found. */
export interface ResponseIssue {
  readonly message: string;
  /** Keys from the body down to what is wrong. */
  readonly path: readonly (string | number)[];
}

/**
 * Validates the body of a response: it is what the spec says, or there are issues.
 *
 * @see https://standardschema.dev
 */
export interface ResponseValidator<Body> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'openapi-contract-kit';
    readonly validate: (
      value: unknown,
    ) => { readonly value: Body; readonly issues?: undefined } | { readonly issues: readonly ResponseIssue[] };
    /** For types only. */
    readonly types?: { readonly input: Body; readonly output: Body };
  };
}
`;

/** How validators are rendered. */
export interface ValidatorOptions {
  /** Whether a string must have the `format` of its schema, such as `date-time`. Default: false. */
  validateFormats?: boolean | undefined;
}

/**
 * Renders `validators.ts` without its header: a validator for each response with a JSON body. It needs no package, and
 * runs where no code may be made from text.
 *
 * @param prepared the document as `prepareDocument` writes it
 * @throws {Error} when Ajv's code calls what there is no function for
 */
export function renderValidators(
  prepared: Oas3_1Definition,
  { validateFormats }: ValidatorOptions = {},
): string {
  const { responses, definitions } = readResponseSchemas(
    prepared,
    validateFormats === true ? checkedFormats : undefined,
  );
  const { code, names } = compileChecks(
    responses.map(({ schema }) => schema),
    definitions,
  );
  const declared = renderByOperation(responses, 'readonly ', ';', ({ operation, response }) => {
    return `ResponseValidator<${renderBodyType(response, renderSchemaType(operation))}>`;
  });
  const made = renderByOperation(responses, '', ',', (_, index) => `makeValidator(${names[index]})`);
  const imports = renderSchemaImport(declared);
  return `// @ts-nocheck: Ajv wrote the functions. What is exported has its type written out.
${imports === '' ? '' : `\n${imports}`}${types}
/** The validators of JSON bodies, by operationId and by status, range or \`default\`, as the spec has it. */
export const validators: {${declared}} = {${made}};
${responses.length === 0 ? '' : makeValidator}${code}`;
}

function renderByOperation(
  responses: readonly ResponseSchema[],
  modifier: string,
  end: string,
  render: (response: ResponseSchema, index: number) => string,
): string {
  const entries = responses.map((each, index) => ({
    id: each.operation.id,
    line: `    ${modifier}${renderKey(each.response.key)}: ${render(each, index)}${end}\n`,
  }));
  const groups = [...Map.groupBy(entries, ({ id }) => id)];
  const blocks = groups.map(
    ([id, lines]) => `  ${modifier}${renderKey(id)}: {\n${lines.map(({ line }) => line).join('')}  }${end}\n`,
  );
  return blocks.length === 0 ? '' : `\n${blocks.join('')}`;
}
