import { basename, join, resolve } from 'node:path';
import { stringifyYaml } from '@redocly/openapi-core';
import { mockAgainstSpec } from '../check/gates.ts';
import { openContext, runGates } from '../check/run.ts';
import { type FindingCode, findingCodes, pathWithin } from '../cli/finding.ts';
import { NameRegister } from '../generate/model/operation-model.ts';
import { isFormType } from '../http/media-types.ts';
import type { DocumentedAnswer } from '../openapi/answers.ts';
import type { Spec } from '../openapi/read-spec.ts';
import { listCases, type OperationCases } from './cases.ts';
import { createStatePlaces, renderOverlay } from './overlay.ts';
import { type PlannedFile, readIfThere } from './plan.ts';
import { renderTests } from './render-tests.ts';
import {
  findToolkitSource,
  neededPackages,
  type ProjectManifest,
  type Surroundings,
  toSlug,
} from './surroundings.ts';
import {
  listSchemeVariables,
  listTestCredentials,
  type ManagerName,
  type Names,
  renderConfig,
  renderPactFolder,
  renderSetup,
  renderTypeScriptConfig,
  renderVitestConfig,
  renderWorkflow,
  type SchemeVariable,
} from './templates.ts';

/** The options of an init. */
export interface ScaffoldSettings {
  consumer: string;
  provider: string;
  /** The folder of the contract, from that of the project, with slashes. */
  folder: string;
  /** Whether the spec is copied into that folder, or stays where it is. */
  specMode: 'copy' | 'reference';
  ci: 'github' | 'none';
  manager: ManagerName;
}

/** A spec that was read, and the files or URLs that it was read from. */
export interface ReadDocument {
  /** As it was named: a path or a URL. */
  place: string;
  spec: Spec;
  sources: ReadonlyMap<string, string>;
}

/** The files that an init writes, and its notes about them. */
export interface Scaffold {
  files: readonly PlannedFile[];
  operations: readonly OperationCases[];
  variables: readonly SchemeVariable[];
  /** The names that the scripts have got, by the command that they run. */
  scripts: Readonly<Record<string, string>>;
  /** The codes of findings that are warnings, since only the provider can fix them. */
  lowered: readonly FindingCode[];
}

const commands = ['generate', 'mock', 'contract', 'check', 'mutate'];
const ignored = ['node_modules/', 'reports/'];

/**
 * Plans the files of a contract: the config, the spec and its overlay, the consumer tests with what they need, scripts
 * and packages of the `package.json`, a workflow. Writes nothing.
 */
export async function planScaffold(
  document: ReadDocument,
  settings: ScaffoldSettings,
  surroundings: Surroundings,
): Promise<Scaffold> {
  const { spec } = document;
  const { folder } = settings;
  const placed = placeSpec(document, settings, surroundings.folder);
  const places = createStatePlaces(placed.text);
  const operations = listCases(spec.document, (answer, label) =>
    tellsState(answer, label) && places.find(answer) !== undefined ? label : undefined,
  );
  const overlay = renderOverlay(spec.document, operations, places);
  const names: Names = {
    ...settings,
    spec: placed.path,
    ...(overlay === undefined ? {} : { overlay: `${folder}/overlay.yaml` }),
  };
  const isModule = surroundings.manifestText === undefined || surroundings.manifest.type === 'module';
  const variables = listSchemeVariables(spec.document, settings.provider);
  const lowered = await listLowered(spec);
  const { text: manifest, scripts } = editManifest(surroundings, {
    name: settings.consumer,
    scripts: Object.fromEntries(commands.map((name) => [name, `contract-kit ${name}`])),
    devDependencies: {
      ...neededPackages,
      'openapi-contract-kit': findToolkitSource(surroundings.folder),
    },
  });
  const files: PlannedFile[] = [
    {
      path: `contract.config.${isModule ? 'ts' : 'mts'}`,
      text: renderConfig(names, variables, lowered, operations),
    },
    ...(settings.specMode === 'copy' ? [placed] : []),
    ...(overlay === undefined ? [] : [{ path: `${folder}/overlay.yaml`, text: overlay }]),
    ...renderTestFiles(spec, operations, folder),
    {
      path: `${folder}/setup/consumer.ts`,
      text: renderSetup(names, listTestCredentials(spec.document), operations.some(takesForm)),
    },
    { path: `${folder}/setup/pact-folder.ts`, text: renderPactFolder(names) },
    { path: `${folder}/vitest.config.ts`, text: renderVitestConfig(names) },
    { path: `${folder}/tsconfig.json`, text: renderTypeScriptConfig() },
    // All files of the folder are modules, even in a CommonJS project.
    ...(isModule ? [] : [{ path: `${folder}/package.json`, text: '{ "type": "module" }\n' }]),
    { path: 'package.json', text: manifest, isEdit: true },
    {
      path: '.gitignore',
      text: editGitignore(readIfThere(join(surroundings.folder, '.gitignore')), ignored),
      isEdit: true,
    },
    ...(settings.ci === 'none'
      ? []
      : [
          {
            path: '.github/workflows/contract.yaml',
            text: renderWorkflow(settings.manager, scripts.check ?? 'check'),
          },
        ]),
  ];
  return { files, operations, variables, scripts, lowered };
}

// A single word, such as OK, says nothing of the provider's state, nor does the description of a success or a default.
function tellsState({ status, example }: DocumentedAnswer, label: string): boolean {
  return label.includes(' ') && (example?.name !== undefined || /^[345]/.test(status));
}

function takesForm({ operation, cases }: OperationCases): boolean {
  return cases.length > 0 && isFormType(operation.requestBody?.contents[0]?.mediaType ?? '');
}

/** Where the spec is for the project, and its text. A spec of several files is copied as one. */
function placeSpec(
  { place, spec, sources }: ReadDocument,
  { specMode, folder }: ScaffoldSettings,
  root: string,
): PlannedFile {
  const [, text = ''] =
    [...sources].find(([name]) => name === place || name === resolve(place)) ?? [...sources][0] ?? [];
  if (specMode === 'reference') {
    return { path: pathWithin(root, resolve(place)) ?? resolve(place), text };
  }
  const name = basename(place.replace(/[?#].*$/, ''));
  const isJson = text.trimStart().startsWith('{');
  if (sources.size > 1) {
    const note = `# Bundled from ${sources.size} files, among them ${name}.\n`;
    return { path: `${folder}/openapi.yaml`, text: note + stringifyYaml(spec.document, { lineWidth: -1 }) };
  }
  const isUsable =
    /^[\w-][\w.-]*\.(?:ya?ml|json)$/.test(name) && name !== 'package.json' && name !== 'tsconfig.json';
  return { path: `${folder}/${isUsable ? name : `openapi.${isJson ? 'json' : 'yaml'}`}`, text };
}

function renderTestFiles(spec: Spec, operations: readonly OperationCases[], folder: string): PlannedFile[] {
  const register = new NameRegister();
  return operations
    .filter(({ cases }) => cases.length > 0)
    .map((one) => ({
      path: `${folder}/${register.take(toFileName(one.operation.id))}.contract.ts`,
      text: renderTests(spec.document, one),
    }));
}

function toFileName(id: string): string {
  const words = id.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').replaceAll(/[^A-Za-z\d]+/g, '-');
  return words.replaceAll(/^-|-$/g, '').toLowerCase().slice(0, 80) || 'operation';
}

const ofDocument: readonly FindingCode[] = ['spec.lint', 'spec.looser-than-pact', 'spec.lacks-example'];

/** Lists what only the provider can fix, by what the mock of this very document runs into. */
async function listLowered(spec: Spec): Promise<FindingCode[]> {
  await using context = openContext({ spec, pacts: [] });
  const results = await runGates([mockAgainstSpec], context);
  const found = new Set(results.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return findingCodes.filter((code) => ofDocument.includes(code) || found.has(code));
}

/** The additions to a `package.json`. */
export interface ManifestAdditions {
  name: string;
  scripts: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
}

/** A `package.json` with the additions, and the names that the scripts have got. */
export interface EditedManifest {
  text: string;
  /** By the name of the command. A name that another script has is avoided: `contract:generate`. */
  scripts: Readonly<Record<string, string>>;
}

/**
 * Adds scripts and packages to a `package.json`, in the indentation and the order that it has. Keeps every script and
 * every package that is there.
 */
function editManifest(
  { manifestText, manifest }: Surroundings,
  { name, scripts, devDependencies }: ManifestAdditions,
): EditedManifest {
  const base: ProjectManifest =
    manifestText === undefined
      ? ({ name: toSlug(name), private: true, type: 'module' } as ProjectManifest)
      : manifest;
  const own = { ...base.scripts };
  const named: Record<string, string> = {};
  for (const [command, line] of Object.entries(scripts)) {
    const free = own[command] === undefined || own[command] === line ? command : `contract:${command}`;
    own[free] = line;
    named[command] = free;
  }
  const missing = Object.entries(devDependencies).filter(
    ([one]) => base.dependencies?.[one] === undefined && base.devDependencies?.[one] === undefined,
  );
  const edited: ProjectManifest = {
    ...base,
    scripts: own,
    ...(missing.length === 0
      ? {}
      : { devDependencies: sortKeys({ ...base.devDependencies, ...Object.fromEntries(missing) }) }),
  };
  return { text: writeLike(manifestText, edited), scripts: named };
}

// As npm does.
function sortKeys(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function writeLike(original: string | undefined, value: object): string {
  if (original !== undefined && JSON.stringify(JSON.parse(original)) === JSON.stringify(value)) {
    return original;
  }
  const [, indent = '  '] = /\n([ \t]+)"/.exec(original ?? '') ?? [];
  const end = original === undefined || original.endsWith('\n') ? '\n' : '';
  const text = JSON.stringify(value, null, indent) + end;
  return original?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/**
 * Adds lines to a `.gitignore` that it does not have yet.
 */
function editGitignore(original: string | undefined, lines: readonly string[]): string {
  const known = new Set(
    (original ?? '').split(/\r?\n/).map((line) => line.trim().replaceAll(/^\/|\/$/g, '')),
  );
  const missing = lines.filter((line) => !known.has(line.replaceAll(/^\/|\/$/g, '')));
  const lineEnd = original?.includes('\r\n') ? '\r\n' : '\n';
  const before = original === undefined || original === '' || original.endsWith('\n') ? '' : lineEnd;
  return missing.length === 0
    ? (original ?? '')
    : `${original ?? ''}${before}${missing.map((line) => line + lineEnd).join('')}`;
}
