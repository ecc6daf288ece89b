import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oas3_1Definition } from '@redocly/openapi-core';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';
import { toolkitFolder } from '../../cli/toolkit.ts';
import type { Choice } from '../../http/message.ts';
import { askPrism } from '../../mock/engine/answer.ts';
import { buildRequest } from '../../mock/engine/example-request.ts';
import { formatChoice, formatKey, loadKeyReader, type PreparedAnswer } from '../../mock/engine/key.ts';
import type { Operation } from '../../mock/engine/library.ts';
import { listPlainSchemas, type PlainSchema } from '../../mock/engine/plain.ts';
import { createAjv, isNewDraft } from '../../mock/engine/plain-schemas.ts';
import { createPrism } from '../../mock/engine/prism.ts';
import { Call, type Preference } from '../../mock/engine/request.ts';
import { loadAjv } from '../../openapi/ajv.ts';
import { type DocumentedAnswer, findFinalStatus, listAnswers } from '../../openapi/answers.ts';
import { listPairs } from '../../openapi/example-pairs.ts';
import { listOperations } from '../../openapi/operations.ts';

/**
 * Prepares what plainly valid requests to a document are answered by: validators as code, in `plain.js`, and what Prism
 * renders, in `plain-answers.json`. With these, neither Ajv nor Prism is loaded for them.
 *
 * @param operations all, as Prism reads them
 */
export async function prepareAnswers(
  document: Oas3_1Definition,
  operations: readonly Operation[],
  folder: string,
): Promise<void> {
  const prism = createPrism(document, operations);
  await writeValidators(prism.operations.flatMap(listPlainSchemas), folder);
  const answers: Record<string, PreparedAnswer> = {};
  const { readKey } = await loadKeyReader(document, prism.operations);
  for (const place of listOperations(document)) {
    const operation = prism.operations.find(
      ({ method, path }) => method === place.method && path === place.path,
    );
    const request = buildRequest(document, place);
    // The request itself can meet a condition: what is answered without one is then left to Prism.
    const [own, usual] = operation ? [readKey(new Call(request)), formatKey(operation)] : [];
    if (operation === undefined || own === undefined) {
      continue;
    }
    for (const accept of accepted) {
      const headers = { ...request.headers, ...(accept === undefined ? {} : { accept }) };
      for (const { key, preference, choice } of listChoices(document, operation)) {
        if (key === '' && own !== usual) {
          continue;
        }
        const asked = { ...new Call({ ...request, headers }).read(), preference };
        const { value, ...answer } = await askPrism(prism, asked);
        answers[formatKey(operation, accept, key)] = {
          answer: { ...answer, choice: choice ?? asked.choice },
          hasValue: value !== undefined,
        };
      }
    }
  }
  writeFileSync(join(folder, 'plain-answers.json'), JSON.stringify(answers));
}

// What fetch, curl and the usual clients send. Any other is asked of Prism once.
const accepted = [undefined, '*/*', 'application/json', 'application/json, text/plain, */*'];

interface PreparedChoice {
  key: string;
  preference: Preference;
  /** Default: that of Prism's side. */
  choice?: Choice;
}

/** Lists what can be chosen of an operation: an answer without a reason, by a condition, by a pair, and by preference. */
function listChoices(document: Oas3_1Definition, operation: Operation): PreparedChoice[] {
  const isOwn = ({ place }: DocumentedAnswer): boolean =>
    place.method === operation.method && place.path === operation.path;
  const answers = listAnswers(document).filter(isOwn);
  const choose = (by: Choice['by'], answer: DocumentedAnswer): PreparedChoice[] => {
    const status = findFinalStatus(answer);
    const name = answer.example?.name;
    const example = name === undefined ? {} : { example: name };
    const preference = { status: String(status), ...example };
    const key = formatChoice({ by, ...preference });
    return status === undefined
      ? []
      : [{ key, preference, ...(by === 'preferred' ? {} : { choice: { by, ...example } }) }];
  };
  return [
    { key: '', preference: {} },
    ...answers.flatMap((answer) => (answer.condition === undefined ? [] : choose('condition', answer))),
    ...listPairs(document).flatMap(({ answer }) => (isOwn(answer) ? choose('matched', answer) : [])),
    ...answers.flatMap((answer) => choose('preferred', answer)),
    ...answers.flatMap(({ example: _, ...answer }) => choose('preferred', answer)),
  ];
}

// As code, these would be those of another version than Prism's.
const uncompiled = /"format":"(?:date-time|time|ipv4|iso-time|iso-date-time)"/;

async function writeValidators(schemas: readonly PlainSchema[], folder: string): Promise<void> {
  const compiled = schemas.filter(({ schema }) => !uncompiled.test(JSON.stringify(schema)));
  const groups = Map.groupBy(compiled, ({ schema, isCoerced }) => `${isNewDraft(schema)} ${isCoerced}`);
  const { Ajv, Ajv2020 } = loadAjv();
  const parts = join(folder, 'validators');
  mkdirSync(parts);
  const entries = [...groups.values()].map((group, index) => {
    const [{ schema = {}, isCoerced = false } = {}] = group;
    const ajv = createAjv(isNewDraft(schema) ? Ajv2020 : Ajv, isCoerced, { code: { source: true } });
    const names = Object.fromEntries(group.map((one, at) => [`validate${at}`, one.id]));
    for (const one of group) {
      ajv.addSchema(one.schema, one.id);
    }
    writeFileSync(join(parts, `group${index}.cjs`), standaloneCode.default(ajv, names));
    const lines = Object.entries(names).map(([name, id]) => `${JSON.stringify(id)}: group${index}.${name},`);
    return { head: `import group${index} from './group${index}.cjs';`, lines };
  });
  const code = [
    ...entries.map(({ head }) => head),
    'export const validators = {',
    ...entries.flatMap(({ lines }) => lines),
    '};',
  ];
  writeFileSync(join(parts, 'plain.mjs'), code.join('\n'));
  await using bundle = await rolldown({
    input: join(parts, 'plain.mjs'),
    cwd: toolkitFolder,
    platform: 'node',
    resolve: { modules: [join(toolkitFolder, 'node_modules')] },
  });
  await bundle.write({ file: join(folder, 'plain.js'), minify: true });
  rmSync(parts, { recursive: true });
}
