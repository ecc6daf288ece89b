import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareDocument } from '../../scripts/generate/prepare/document.ts';
import { renderValidators } from '../../scripts/generate/render/validators.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

export type Document = Parameters<typeof renderValidators>[0];
export type Validate = (value: unknown) => { issues?: { message: string; path: (string | number)[] }[] };

type ListIssues = (value: unknown) => string[];

/** Imports the validators of a document from a folder in which no package can be found. */
// biome-ignore lint/suspicious/noExplicitAny: which operations and responses there are is up to the document.
export async function importValidators(document: Document): Promise<any> {
  const file = join(makeTemporaryFolder(), 'validators.ts');
  writeFileSync(file, renderValidators(prepareDocument(document)));
  return (await import(pathToFileURL(file).href)).validators;
}

/** Creates a document with one response of that schema. */
export function documentOf(schema: object, schemas: object = {}): Document {
  const content = { 'application/json': { schema } };
  const get = { operationId: 'get', responses: { '200': { description: 'Done.', content } } };
  return {
    openapi: '3.1.0',
    info: { title: 'One', version: '1' },
    paths: { '/': { get } },
    components: { schemas },
  } as Document;
}

/** Creates a function that lists the issues of a value as `/pointer expectation`. */
export async function issuesBy(schema: object, schemas?: object): Promise<ListIssues> {
  return issuesOfDocument(documentOf(schema, schemas));
}

export async function issuesOfDocument(document: Document): Promise<ListIssues> {
  const validators = await importValidators(document);
  const validate: Validate = validators.get['200']['~standard'].validate;
  return (value: unknown) =>
    validate(value).issues?.map(({ path, message }) => `/${path.join('/')} ${message}`) ?? [];
}
