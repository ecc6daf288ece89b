import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { FormatsPlugin } from 'ajv-formats';

/** The drafts of JSON Schema that Ajv knows here, and its formats. */
export interface AjvModules {
  Ajv: typeof Ajv;
  Ajv2020: typeof Ajv2020;
  addFormats: FormatsPlugin;
}

/**
 * Loads Ajv when it is first needed, since a mock starts, and answers as a rule, without it. The build replaces this module
 * in the package that has no dependencies.
 */
export function loadAjv(): AjvModules {
  const require = createRequire(import.meta.url);
  const { Ajv }: { Ajv: AjvModules['Ajv'] } = require('ajv');
  const { Ajv2020 }: { Ajv2020: AjvModules['Ajv2020'] } = require('ajv/dist/2020.js');
  const { default: addFormats }: { default: FormatsPlugin } = require('ajv-formats');
  return { Ajv, Ajv2020, addFormats };
}
