import { runtimeFunctions } from './runtime.ts';

/**
 * Makes code that can stand in a module with other code of what Ajv writes: no exports, no imports, no schemas that it
 * never looks into, and errors without the place in the schema, which nobody reads.
 *
 * @returns the code, and the function that stands behind each name that was exported
 * @throws {Error} for an import of what there is no function for
 */
export function tidyCode(code: string): { code: string; functionOf: ReadonlyMap<string, string> } {
  const functionOf = new Map<string, string>();
  const bare = code.replace('"use strict";\n', '').replaceAll(exported, (_, name: string, value: string) => {
    functionOf.set(name, value);
    return '';
  });
  return { code: dropUnusedSchemas(shortenErrors(replaceImports(bare))), functionOf };
}

const exported = /^export const (\w+) = (\w+);\n/gm;
const imported = /^const (\w+) = require\("([^"]+)"\)\.default;$/gm;

function replaceImports(code: string): string {
  const helpers = new Set<string>();
  const replaced = code.replaceAll(imported, (_, name: string, module: string) => {
    const helper = runtimeFunctions[module];
    if (helper === undefined) {
      throw new Error(
        `Ajv's code for these schemas calls ${module}, for which there is no function of our own.`,
      );
    }
    helpers.add(helper.code);
    return `const ${name} = ${helper.name};`;
  });
  if (/^const \w+ = require\(|^import /m.test(replaced)) {
    throw new Error("Ajv's code for these schemas imports something in a way that is unknown here.");
  }
  return [...helpers].join('') + replaced;
}

// No text of a schema can look so: in a string, line breaks and quotes are escaped.
function shortenErrors(code: string): string {
  return code
    .replaceAll(
      /if\(vErrors === null\)\{\nvErrors = \[(\w+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g,
      '(vErrors ??= []).push($1);',
    )
    .replaceAll(/,schemaPath:"(?:[^"\\]|\\.)*"(?=,keyword:)/g, '');
}

function dropUnusedSchemas(code: string): string {
  return code.replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) =>
    code.split(new RegExp(`\\b${name}\\b`)).length > 2 ? line : '',
  );
}
