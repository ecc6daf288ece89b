import { resolve } from 'node:path';
import { type OptionValues, SetupError } from './command.ts';
import { type Project, requireProject } from './config.ts';
import { checkUrl, formatPath, isUrl } from './finding.ts';

/** The options of each command that reads a spec. */
export const specOptions = {
  document: {
    type: 'argument',
    value: 'DOCUMENT',
    help: 'an OpenAPI document, YAML or JSON: a path or an http(s) URL (default: the spec of contract.config.ts)',
  },
  spec: { type: 'string', value: 'FILE', help: 'the same as DOCUMENT' },
  overlay: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'an OpenAPI Overlay to apply to the document (default: those of contract.config.ts)',
  },
  'allow-remote-refs': {
    type: 'boolean',
    help: 'follow a $ref to another server. Without it, commands only use the server of a document that is a URL',
  },
} as const;

/** Which spec a command reads, and how. */
export interface SpecChoice {
  /** A path or a URL. */
  specFile: string;
  /** Paths, in the order in which they are applied. */
  overlays: readonly string[];
  allowRemoteRefs: boolean;
  /** The project, where it is its spec. */
  project?: Project | undefined;
}

/**
 * Finds out which spec a command is about: the one that its options name, or that of the project. Overlays of the project
 * belong to its spec; those that the options name take their place.
 *
 * @param need what the command needs, as a sentence without its full stop, and the words of a command that names it
 * @throws {SetupError} where no spec is named, or two
 */
export function chooseSpec(
  { document, spec, overlay, 'allow-remote-refs': allowRemoteRefs }: OptionValues<typeof specOptions>,
  project: Project | undefined,
  need: readonly [need: string, example: string],
): SpecChoice {
  if (document !== undefined && spec !== undefined && !isSame(document, spec)) {
    throw new SetupError(`Found the documents ${document} and --spec ${spec}, expected one. Name it once.`);
  }
  const named = document ?? spec;
  checkUrl(named ?? '');
  const isOwn = named === undefined || (project !== undefined && isSame(named, project.specFile));
  const own = isOwn ? requireProject(project, ...need) : undefined;
  const settings = own?.readSettings;
  return {
    specFile: named ?? formatPath(own?.specFile ?? ''),
    overlays: overlay ?? settings?.overlays ?? [],
    allowRemoteRefs: allowRemoteRefs || (settings?.allowRemoteRefs ?? false),
    project: own,
  };
}

function isSame(one: string, other: string): boolean {
  return isUrl(one) || isUrl(other) ? one === other : resolve(one) === resolve(other);
}
