import {
  type Document,
  getLineColLocation,
  type LocationObject,
  type NormalizedProblem,
  type Oas3_1Definition,
  type SpecVersion,
  YamlParseError,
} from '@redocly/openapi-core';
import { SetupError } from '../cli/command.ts';
import { checkUrl, type Finding, type FindingCode, formatPath, type Place } from '../cli/finding.ts';
import { Bundle, toFinding } from './bundle.ts';
import { isPlainObject } from './document.ts';
import { normalise } from './normalise.ts';
import { listRepeatedIds } from './operations.ts';
import { applyOverlay } from './overlay.ts';
import { type ResolverSettings, SpecResolver } from './resolver.ts';
import { convertSwagger } from './swagger.ts';
import { upgradeSchemas } from './upgrade.ts';

/** A spec that holds together: it parses, every `$ref` resolves, and all in it is what OpenAPI says it is. */
export interface Spec {
  /** The path as people type it, or the URL. */
  file: string;
  /**
   * The document as OpenAPI 3.1, also where the file is of another version, with the files that it refers to bundled in;
   * `$ref`s inside it are kept.
   */
  document: Oas3_1Definition;
  /** Finds a JSON pointer such as `#/paths/~1api~1token` in the file that a person opens. */
  locate: (pointer: string) => Place;
}

/**
 * Either a spec, with warnings about what is not as OpenAPI has it, or what is wrong with it. `sources` is what the spec
 * was read from: the text of each file by its path or URL, with LF line ends.
 */
export type SpecReading =
  | { spec: Spec; sources: ReadonlyMap<string, string>; findings: Finding[] }
  | { spec: undefined; findings: Finding[] };

/** How a spec is read. */
export interface ReadSettings extends ResolverSettings {
  /** The paths of overlays, in the order in which they are applied. Default: none. */
  overlays?: readonly string[] | undefined;
}

/**
 * Reads an OpenAPI document, YAML or JSON, from a path or an http(s) URL: Swagger 2.0, OpenAPI 3.0, 3.1, and 3.2 as if it
 * were 3.1.
 *
 * What does not keep the document from being used is a warning, of code `spec.invalid` or, where OpenAPI 3.2 has it,
 * `spec.unsupported`. What can't comes back without a spec, as findings of code `spec.unreadable` or `overlay.invalid`.
 * Each has its line.
 *
 * @throws {SetupError} when there is no such file or overlay, no response from the URL, or a password in the URL
 */
export async function readSpec(place: string, settings: ReadSettings = {}): Promise<SpecReading> {
  checkUrl(place);
  const resolver = new SpecResolver(settings);
  const root = await resolver.resolveDocument(null, place, true).catch((error: unknown) => error);
  if (root instanceof YamlParseError) {
    return { spec: undefined, findings: [toFinding(root)] };
  }
  if (root instanceof SetupError) {
    throw root;
  }
  if (root instanceof Error) {
    throw new SetupError(
      `Cannot read the spec ${place}: ${root.message.replace(/\.$/, '')}. Name another with --spec.`,
      { cause: root },
    );
  }
  const document = root as Document;
  const version = readVersion(document.parsed);
  if (version === undefined) {
    const message = `Found ${describeDocument(document.parsed)}, expected "openapi: 3.1.x", or 3.0, 3.2, or "swagger: 2.0".`;
    const at = { file: formatPath(document.source.absoluteRef), line: 1, column: 1 };
    return { spec: undefined, findings: [{ code: 'spec.unreadable', severity: 'error', message, at }] };
  }
  return build(document, version, resolver, settings.overlays ?? []);
}

async function build(
  root: Document,
  version: SpecVersion,
  resolver: SpecResolver,
  overlays: readonly string[],
): Promise<SpecReading> {
  const { places } = resolver;
  const bundle = new Bundle(root, resolver, version);
  let broken = await bundle.run();
  const findings = await applyOverlays(root, overlays, resolver);
  if (overlays.length > 0) {
    // An overlay can have references of its own, and put right those that led nowhere.
    broken = await bundle.run();
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length + broken.length > 0) {
    return { spec: undefined, findings: [...findings, ...broken] };
  }
  const document = root.parsed as Record<string, unknown>;
  const tell = (node: object, key: string | undefined, message: string): void => {
    findings.push({ code: 'spec.invalid', severity: 'warning', message, at: places.at(node, key) });
  };
  if (version === 'oas2') {
    convertSwagger(document, places, tell);
  }
  upgradeSchemas(document, version === 'oas2' ? 'oas3_0' : version, (schema, keyword) =>
    tell(
      schema,
      keyword,
      `Found "${keyword}" as OpenAPI 3.0 has it, expected that of 3.1. It is read as meant.`,
    ),
  );
  document.openapi = '3.1.0';
  findings.push(...normalise(document, version, places));
  const spec = document as unknown as Oas3_1Definition;
  for (const { operation, id, otherId } of listRepeatedIds(spec)) {
    tell(
      operation,
      'operationId',
      `Found the operationId ${id} twice, expected it once. This one is read as ${otherId}.`,
    );
    operation.operationId = otherId;
  }
  return {
    spec: {
      file: formatPath(root.source.absoluteRef),
      document: spec,
      locate: (pointer) => places.locate(document, pointer),
    },
    sources: await listSources(resolver),
    findings,
  };
}

async function applyOverlays(
  root: Document,
  overlays: readonly string[],
  resolver: SpecResolver,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of overlays) {
    const overlay = await resolver.resolveOverlay(file).catch((error: unknown) => error);
    if (overlay instanceof YamlParseError) {
      findings.push({ ...toFinding(overlay), code: 'overlay.invalid' });
    } else if (overlay instanceof Error) {
      const reason = overlay.message.replace(/\.$/, '');
      throw new SetupError(`Cannot read the overlay ${file}: ${reason}. Name another with --overlay.`, {
        cause: overlay,
      });
    } else {
      findings.push(...applyOverlay(root, overlay as Document, resolver.places));
    }
  }
  return findings;
}

async function listSources({ cache }: SpecResolver): Promise<ReadonlyMap<string, string>> {
  const documents = await Promise.allSettled(cache.values());
  return new Map(
    documents.flatMap((one) =>
      one.status === 'rejected' || one.value instanceof Error
        ? []
        : [[one.value.source.absoluteRef, one.value.source.body] as const],
    ),
  );
}

/** Finds the version of a document, and writes it as the linter expects it: YAML takes 3.0 for a number. */
function readVersion(document: unknown): SpecVersion | undefined {
  if (!isPlainObject(document)) {
    return undefined;
  }
  const { openapi, swagger } = document;
  if (/^2(?:\.0)?$/.test(String(swagger))) {
    document.swagger = '2.0';
    return 'oas2';
  }
  const [, minor] = /^3(?:\.([012])(?:\.|$)|$)/.exec(String(openapi).trim()) ?? [];
  const isVersion3 = minor !== undefined || String(openapi) === '3';
  if (!isVersion3) {
    return undefined;
  }
  document.openapi = `3.${minor ?? 0}.0`;
  return `oas3_${minor ?? 0}` as SpecVersion;
}

function describeDocument(document: unknown): string {
  if (!isPlainObject(document)) {
    return document === undefined || document === null
      ? 'an empty file'
      : `a document that is not a mapping (${Array.isArray(document) ? 'a list' : typeof document})`;
  }
  const version = ['openapi', 'swagger', 'asyncapi', 'arazzo', 'overlay'].find((name) => name in document);
  return version === undefined ? 'no OpenAPI version' : `"${version}: ${String(document[version])}"`;
}

/**
 * Turns Redocly's problems into findings, each at the first of its places.
 *
 * @param locate finds a pointer, if the linted document is not a file. Default: in the linted file
 */
export function toFindings(
  problems: readonly NormalizedProblem[],
  code: FindingCode,
  locate?: Spec['locate'],
): Finding[] {
  return problems.map((problem) => ({
    code,
    severity: problem.severity === 'warn' ? 'warning' : 'error',
    message: describeProblem(problem),
    at: locate?.(problem.location[0]?.pointer ?? '#') ?? locateProblem(problem),
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
    return `${reason.startsWith('Found ') ? '' : 'Not valid YAML: '}${reason}.`;
  }
  const { start } = getLineColLocation(location);
  const line = location.source.getLines()[start.line - 1]?.trim() ?? '';
  return `Found nothing at the $ref in \`${line}\`, expected what it names. Correct it, or add what it names.`;
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
