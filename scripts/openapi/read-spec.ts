import {
  type BaseResolver,
  bundleDocument,
  createConfig,
  type Document,
  detectSpec,
  getLineColLocation,
  getTypes,
  type LocationObject,
  lintDocument,
  type NormalizedProblem,
  type Oas3_1Definition,
  YamlParseError,
} from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { type Finding, type FindingCode, formatPath, type Place } from '../cli/finding.ts';
import { isPlainObject } from './document.ts';
import { SpecResolver } from './resolver.ts';
import { upgradeDecorators, upgradePlugin } from './upgrade.ts';

/** A spec that holds together: it parses, fits the OpenAPI schema, and every `$ref` resolves. */
export interface Spec {
  /** The path as people type it. */
  file: string;
  /**
   * The document as OpenAPI 3.1, also where the file is 3.0, with the files that it refers to bundled in; `$ref`s inside
   * it are kept.
   */
  document: Oas3_1Definition;
  /** Finds a JSON pointer such as `#/paths/~1api~1token` in the file that a person opens. */
  locate: (pointer: string) => Place;
}

/**
 * Either a spec, or what is wrong with it. `sources` is what the spec was read from: the text of each file by its path
 * or URL, with LF line ends.
 */
export type SpecReading =
  | { spec: Spec; sources: ReadonlyMap<string, string>; findings: [] }
  | { spec: undefined; findings: Finding[] };

/**
 * Reads an OpenAPI 3.0 or 3.1 file, YAML or JSON.
 *
 * What is wrong with the document comes back as findings of code `spec.unreadable`, each with its line.
 *
 * @throws {SetupError} when there is no such file
 */
export async function readSpec(file: string): Promise<SpecReading> {
  const resolver = new SpecResolver();
  const root = await resolver.resolveDocument(null, file, true).catch((error: unknown) => error);
  if (root instanceof YamlParseError) {
    const message = describeParseError(root.message.replace(/ in ".*$/, ''));
    return refuse(message, { file: formatPath(file), line: root.line, column: root.col });
  }
  if (root instanceof Error) {
    throw new SetupError(
      `Cannot read the spec ${file}: ${root.message.replace(/\.$/, '')}. Name another with --spec.`,
      {
        cause: root,
      },
    );
  }
  const document = root as Document;
  if (!isOpenApi3(document.parsed)) {
    const message = `Found ${describeDocument(document.parsed)}, expected "openapi: 3.0.x" or "openapi: 3.1.x".`;
    return refuse(message, { file: formatPath(file), line: 1, column: 1 });
  }
  return bundleSpec(document, resolver);
}

async function bundleSpec(root: Document, resolver: BaseResolver): Promise<SpecReading> {
  const rules = {
    struct: 'error',
    'no-unresolved-refs': 'error',
    'operation-operationId-unique': 'error',
  } as const;
  const config = await createConfig({ rules, ...upgradeDecorators }, { plugins: [upgradePlugin] });
  const linting = lintDocument({ document: root, config, externalRefResolver: resolver });
  const problems = await linting.catch((error: Error) => error);
  if (problems instanceof Error) {
    // Redocly throws on a reference to itself, and tells no place.
    const message = `Found a $ref that can't be followed (${problems.message}), expected one that leads to an object.`;
    return refuse(message, { file: formatPath(root.source.absoluteRef), line: 1, column: 1 });
  }
  if (problems.length > 0) {
    return { spec: undefined, findings: toFindings(problems, 'spec.unreadable') };
  }
  const types = getTypes(detectSpec(root.parsed));
  const { bundle } = await bundleDocument({ document: root, config, types, externalRefResolver: resolver });
  const file = formatPath(root.source.absoluteRef);
  const locate = (pointer: string): Place => {
    const { start } = getLineColLocation({ source: root.source, pointer, reportOnKey: true });
    return { file, line: start.line, column: start.col, pointer };
  };
  const sources = await listSources(resolver);
  return { spec: { file, document: bundle.parsed as Oas3_1Definition, locate }, sources, findings: [] };
}

async function listSources({ cache }: BaseResolver): Promise<ReadonlyMap<string, string>> {
  const documents = await Promise.all(cache.values());
  return new Map(
    documents.flatMap((document) =>
      document instanceof Error ? [] : [[document.source.absoluteRef, document.source.body] as const],
    ),
  );
}

function isOpenApi3(document: unknown): boolean {
  return isPlainObject(document) && /^3\.[01]\./.test(String(document.openapi));
}

function describeDocument(document: unknown): string {
  if (!isPlainObject(document)) {
    return document === undefined ? 'an empty file' : `a document that is no mapping (${typeof document})`;
  }
  const version = ['openapi', 'swagger', 'asyncapi', 'arazzo'].find((name) => name in document);
  return version === undefined ? 'no OpenAPI version' : `"${version}: ${String(document[version])}"`;
}

function refuse(message: string, at: Place): SpecReading {
  return { spec: undefined, findings: [{ code: 'spec.unreadable', severity: 'error', message, at }] };
}

/**
 * Turns Redocly's problems into findings, each at the first of its places.
 */
export function toFindings(problems: readonly NormalizedProblem[], code: FindingCode): Finding[] {
  return problems.map((problem) => ({
    code,
    severity: problem.severity === 'warn' ? 'warning' : 'error',
    message: describeProblem(problem),
    at: locateProblem(problem),
  }));
}

function describeProblem({ message, suggest, ruleId, location: [location] }: NormalizedProblem): string {
  if (ruleId === 'no-unresolved-refs' && location !== undefined) {
    return describeBrokenReference(message, location);
  }
  const hint = suggest.length > 0 ? ` Did you mean ${suggest.map((word) => `"${word}"`).join(' or ')}?` : '';
  return `${message.trim().replaceAll(/\s*\n\s*/g, ' ')}${hint} (${ruleId})`;
}

// Redocly's own message doesn't say which reference it is, and names files with their whole path.
function describeBrokenReference(message: string, location: LocationObject): string {
  const [, reason] = /^Failed to parse: (.+?) in "/.exec(message) ?? [];
  if (reason !== undefined) {
    return describeParseError(reason);
  }
  const { start } = getLineColLocation(location);
  const line = location.source.getLines()[start.line - 1]?.trim() ?? '';
  return `Found nothing at the $ref in \`${line}\`, expected what it names. Correct it, or add what it names.`;
}

/** Says why a file can't be read: what js-yaml found, or `SpecResolver`, in its own words. */
function describeParseError(reason: string): string {
  return reason.startsWith('Found ') ? `${reason}.` : `Not valid YAML: ${reason}.`;
}

function locateProblem({ location: [location] }: NormalizedProblem): Finding['at'] {
  if (location === undefined) {
    return { file: '' };
  }
  const { start } = getLineColLocation(location);
  return {
    file: formatPath(location.source.absoluteRef),
    line: start.line,
    column: start.col,
    ...(location.pointer === undefined ? {} : { pointer: location.pointer }),
  };
}
