import type { Ajv, Format, Options } from 'ajv';
import { type AjvModules, loadAjv } from '../../openapi/ajv.ts';
import type { Compile, PlainSchema } from './plain.ts';

/** As Prism sets its own. */
const options: Options = {
  allErrors: true,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  strict: false,
  logger: false,
};

/**
 * Creates what compiles the schemas of one document as Prism does.
 *
 * A schema that does not compile is none: Prism takes anything for valid then.
 */
export function createCompile(): Compile {
  const { Ajv, Ajv2020 } = loadAjv();
  const instances = new Map<string, Ajv>();
  return ({ schema, isCoerced }) => {
    const isNew = isNewDraft(schema);
    const key = `${isNew} ${isCoerced}`;
    const ajv = instances.get(key) ?? createAjv(isNew ? Ajv2020 : Ajv, isCoerced);
    instances.set(key, ajv);
    try {
      const validate = ajv.compile(schema);
      return (value) => validate(value) as boolean;
    } catch {
      return undefined;
    }
  };
}

/** Whether Prism validates by the draft of 2020 instead of the seventh. */
export function isNewDraft(schema: PlainSchema['schema']): boolean {
  return /^https?:\/\/json-schema.org\/draft\/2020-12\/schema#?$/.test(String(schema.$schema));
}

/** Creates an Ajv that knows the formats as Prism does, and throws at a text of which that is not sure. */
export function createAjv(draft: AjvModules['Ajv' | 'Ajv2020'], isCoerced: boolean, more: Options = {}): Ajv {
  const ajv = new draft({ ...options, ...more, coerceTypes: isCoerced }) as Ajv;
  loadAjv().addFormats(ajv);
  for (const [name, pattern] of Object.entries(sureFormats)) {
    ajv.addFormat(name, toFormat(name, pattern));
  }
  return ajv;
}

const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?`;
const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])`;

// Ajv's package of formats has changed in these since the version that Prism has, and Prism has a date and time of its own.
const sureFormats: Readonly<Record<string, RegExp>> = {
  'date-time': new RegExp(`^${day}T${time}(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$`),
  time: new RegExp(`^${time}(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$`),
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/,
  'iso-time': /^(?!)/,
  'iso-date-time': /^(?!)/,
};

function toFormat(name: string, pattern: RegExp): Format {
  return (text) => {
    if (!pattern.test(text)) {
      throw new Error(`Whether ${name} takes this is for Prism to say.`);
    }
    return true;
  };
}
