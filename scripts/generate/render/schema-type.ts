import type { OperationModel } from '../model/operation-model.ts';
import { quote } from './literal.ts';

/**
 * Renders the type that `schema.ts` has for an operation. openapi-typescript lists those with an operationId under
 * `operations`, and the others under their path only.
 */
export function renderSchemaType({ method, path, operation }: OperationModel): string {
  return operation.operationId
    ? // It writes a `#` in an operationId as a slash.
      `operations[${quote(operation.operationId.replaceAll('#', '/'))}]`
    : `paths[${quote(path)}][${quote(method)}]`;
}

/**
 * Renders the import of what generated code uses of `schema.ts`, if anything.
 */
export function renderSchemaImport(code: string): string {
  const names = ['operations', 'paths'].filter((name) => code.includes(`${name}['`));
  return names.length === 0 ? '' : `import type { ${names.join(', ')} } from './schema.ts';\n`;
}
