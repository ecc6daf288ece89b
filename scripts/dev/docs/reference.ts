import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { CommandHelp, Option } from '../../cli/command.ts';
import type { CommandEntry } from '../../cli/dispatch.ts';
import { findingCodes } from '../../cli/finding.ts';
import { programName, toolkitFile } from '../../cli/toolkit.ts';
import { readPage } from '../../explain/page.ts';
import { extensionSchemas } from '../../openapi/extensions.ts';
import { code, escapeText, joinBlocks, origin, renderTable } from './render.ts';

/** Generated pages: their Markdown, by their paths from `docs/reference/`. */
export type Pages = Readonly<Record<string, string>>;

/**
 * Renders a page for each command from its table of options, and one that lists them.
 */
export async function renderCommands(commands: Readonly<Record<string, CommandEntry>>): Promise<Pages> {
  const loaded = await Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { command } = await load();
      return { name, summary, help: command.help };
    }),
  );
  const rows = loaded.map(({ name, summary }) => [`[\`${name}\`](commands/${name}.md)`, summary]);
  const list = joinBlocks([
    origin,
    '# Commands',
    `\`npx ${programName} COMMAND\` runs a command in a project that has the package \`openapi-contract-kit\`. In a project with \`nexudus-auth-contract\`, \`npx nexudus-auth-contract COMMAND\` does the same with this contract's config. \`--help\` prints what is here.`,
    renderTable(['command', 'does'], rows),
    'Each command exits with 0 for no errors, 1 for errors, and 2 for wrong usage or a broken setup. Results go to stdout, progress to stderr.',
  ]);
  const pages = loaded.map(({ name, help }) => [`commands/${name}.md`, renderCommand(help)]);
  return { 'commands.md': list, ...Object.fromEntries(pages) };
}

function renderCommand({
  name,
  synopsis = [''],
  description,
  options = {},
  environment,
  notes,
  exitCodes,
}: CommandHelp): string {
  const calls = synopsis.map((rest) => `${programName} ${name} ${rest}`.trimEnd());
  const groups = Map.groupBy(
    Object.entries(options),
    ([, { type, group }]) => group ?? (type === 'argument' ? 'Argument' : 'Options'),
  );
  return joinBlocks([
    origin,
    `# ${code(`${programName} ${name}`)}`,
    `\`\`\`text\n${calls.join('\n')}\n\`\`\``,
    renderProse(description),
    ...[...groups].flatMap(([group, rows]) => [
      `## ${group}`,
      renderTable(
        [rows.every(([, { type }]) => type === 'argument') ? 'argument' : 'option', 'does'],
        rows.map(renderOption),
      ),
    ]),
    ...(environment === undefined
      ? []
      : [
          '## Environment',
          environment.intro === 'Environment:' ? '' : escapeText(environment.intro),
          renderTable(
            ['variable', 'is'],
            Object.entries(environment.variables).map(([key, text]) => [code(key), escapeText(text)]),
          ),
        ]),
    notes === undefined ? '' : `## Notes\n\n${renderProse(notes)}`,
    '## Exit codes',
    renderTable(['code', 'means'], Object.entries(exitCodes)),
  ]);
}

function renderOption([name, option]: [string, Option]): [string, string] {
  const help = escapeText(option.help);
  if (option.type === 'argument') return [code(option.value), help];
  const short = option.short === undefined ? '' : `-${option.short}, `;
  if (option.type === 'boolean')
    return [code(`${short}--${option.default === true ? 'no-' : ''}${name}`), help];
  const repeatable = option.multiple === true ? '. Repeatable' : '';
  const fallback = option.default === undefined ? '' : `. Default: ${code(option.default)}`;
  return [code(`${short}--${name} ${option.value}`), `${help}${repeatable}${fallback}`];
}

// Indented lines of a help text are examples and lists that stand as they are.
function renderProse(text: string): string {
  const parts = text.split(/\n{2,}|\n(?= {2})|(?<=\n {2}.*)\n(?! {2})/).map((part) => part.trimEnd());
  const isIndented = (part: string | undefined): boolean => part?.startsWith('  ') === true;
  return parts
    .map((part, index) => {
      if (!isIndented(part)) return `${index === 0 ? '' : '\n'}${escapeText(part)}`;
      const open = isIndented(parts[index - 1]) ? '' : '\n```text\n';
      return `${open}${part.slice(2)}${isIndented(parts[index + 1]) ? '' : '\n```'}`;
    })
    .join('\n');
}

/**
 * Renders the list of findings, each with its sentence and a link to its page.
 */
export function renderFindings(): Pages {
  const groups = Map.groupBy(findingCodes, (code) => code.split('.')[0] ?? '');
  const rows = [...groups.values()]
    .flat()
    .map((name) => [
      `[\`${name}\`](../../scripts/explain/pages/${name}.md)`,
      escapeText(readPage(name).title),
    ]);
  return {
    'findings.md': joinBlocks([
      origin,
      '# Findings',
      `A finding has a code, a severity, a message and a place. \`npx ${programName} explain CODE\` prints the page of a code.`,
      renderTable(['code', 'means'], rows),
    ]),
  };
}

/**
 * Renders the keys of `contract.config.ts` from the type of the config and its comments.
 */
export function renderConfig(): Pages {
  const file = toolkitFile('scripts/cli/config.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  const config = interfaces.find(({ name }) => name.text === 'ContractConfig');
  const named = interfaces.filter(
    ({ name }) => config?.getText().includes(name.text) && name.text !== 'ContractConfig',
  );
  const nested = interfaces.filter(
    ({ name }) =>
      !named.some((one) => one.name.text === name.text) &&
      named.some((one) => one.getText().includes(name.text)),
  );
  const render = (declaration: ts.InterfaceDeclaration): string[] => [
    `## ${code(declaration.name.text)}`,
    readComment(declaration),
    renderTable(['key', 'type', 'is'], listMembers(declaration.members, '')),
  ];
  return {
    'config.md': joinBlocks([
      origin,
      '# `contract.config.ts`',
      'The default export of `contract.config.ts`, `.mts`, `.js` or `.mjs` in the working directory, or of the file that `--config` names. `defineContract` of `openapi-contract-kit/config` checks its type. A key that is unknown or has a wrong value ends a command with exit code 2 and names the place. Options of a command win over the config.',
      ...(config === undefined
        ? []
        : [readComment(config), renderTable(['key', 'type', 'is'], listMembers(config.members, ''))]),
      ...[...named, ...nested].flatMap(render),
    ]),
  };
}

function listMembers(members: ts.NodeArray<ts.TypeElement>, path: string): string[][] {
  return members.filter(ts.isPropertySignature).flatMap((member) => {
    const { type, questionToken } = member;
    const name = `${path}${member.name.getText()}`;
    if (type !== undefined && ts.isTypeLiteralNode(type)) return listMembers(type.members, `${name}.`);
    const text = type?.getText().replaceAll(/\s+/g, ' ').replaceAll('readonly ', '') ?? '';
    const required = questionToken === undefined && path === '' ? 'Required. ' : '';
    return [[code(name), code(text), `${required}${readComment(member)}`]];
  });
}

function readComment(node: ts.Node): string {
  const text = ts
    .getJSDocCommentsAndTags(node)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment))
    .join(' ');
  return escapeText(text);
}

interface Schema {
  type?: string | readonly string[];
  const?: unknown;
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema | boolean;
  required?: readonly string[];
  oneOf?: readonly Schema[];
}

/**
 * Lists the fields of an extension by its JSON schema: path, type, and whether it is required where its parent is.
 */
export function listFields(
  schema: Schema,
  path = '',
  isRequired = true,
): { path: string; type: string; isRequired: boolean }[] {
  const { properties, additionalProperties, items, oneOf = [], required = [] } = schema;
  const branches = oneOf.filter(({ properties }) => properties !== undefined);
  const below = [
    ...Object.entries(properties ?? {}).flatMap(([name, one]) =>
      listFields(one, path === '' ? name : `${path}.${name}`, required.includes(name)),
    ),
    ...(items?.properties ? listFields(items, path) : []),
    ...(typeof additionalProperties === 'object' && additionalProperties.properties
      ? listFields(additionalProperties, `${path}.*`, false)
      : []),
    // What one form of several requires is not required of the others.
    ...branches.flatMap((branch) =>
      listFields(branches.length > 1 ? { ...branch, required: [] } : branch, path),
    ),
  ].filter((field) => field.path !== path);
  const isPart = Object.keys(properties ?? {}).join() === 'query,form,header,body';
  const own =
    path === '' ? [] : [{ path, type: isPart ? 'a part of a request' : nameType(schema), isRequired }];
  return [...own, ...(isPart ? [] : below)].filter(
    ({ path }, index, all) => all.findIndex((one) => one.path === path) === index,
  );
}

function nameType({ type, items, oneOf, const: value, additionalProperties }: Schema): string {
  if (value !== undefined) return JSON.stringify(value);
  if (type === undefined && oneOf !== undefined)
    return oneOf
      .map((one) => (one.properties?.query ? 'a part of a request' : nameType(one)))
      .filter((name, index, all) => all.indexOf(name) === index)
      .join(' or ');
  const names = [type].flat().map((name) => (name === 'array' ? `list of ${nameType(items ?? {})}` : name));
  const values =
    typeof additionalProperties === 'object' && !additionalProperties.properties
      ? ` of ${nameType(additionalProperties)}`
      : '';
  return `${names.join(', ')}${values}`;
}

/**
 * Renders the fields of our extensions of OpenAPI from their JSON schemas. Their pages say what the fields mean.
 */
export function renderExtensions(): Pages {
  const sections = Object.entries(extensionSchemas).flatMap(([name, schema]) => {
    const fields = listFields(schema);
    const link = `[\`${name}\`](../extensions/${name}.md)`;
    const rows = fields.map(({ path, type, isRequired }) => [code(path), type, isRequired ? 'yes' : '']);
    return [
      `## ${code(name)}`,
      fields.length === 0
        ? `A ${nameType(schema)}. ${link} says what it means.`
        : `${link} says what the fields mean.`,
      fields.length === 0 ? '' : renderTable(['field', 'type', 'required'], rows),
    ];
  });
  return {
    'extensions.md': joinBlocks([
      origin,
      '# Extensions of OpenAPI',
      'The fields of each extension, from the JSON schemas that `check` validates them by. `*` stands for any name. A part of a request is `{ query: NAME }`, `{ form: NAME }`, `{ header: NAME }` or `{ body: NAME }`. [Extensions](../extensions/README.md) says where each may stand.',
      ...sections,
    ]),
  };
}
