import type { IgnoreRule, Project } from '../cli/config.ts';
import { type Finding, formatPath } from '../cli/finding.ts';
import { escapeKey } from '../openapi/document.ts';
import { createMatcher, type FindCall } from '../openapi/matcher.ts';
import { listOperations, type OperationPlace } from '../openapi/operations.ts';
import { readInteractions } from '../pact/interactions.ts';
import type { GateContext, IgnoredFinding } from './gates/gate.ts';

/** Findings as a config wants them, and those that it ignores. */
export interface RatedFindings {
  findings: Finding[];
  ignored: IgnoredFinding[];
}

/** Applies the severities and the ignores of a config, and notes which of these were needed. */
export interface Rating {
  rate: (findings: readonly Finding[]) => RatedFindings;
  /** Lists the ignores that matched nothing, each a warning of code `config.unused-ignore`. */
  listStale: () => Finding[];
}

/**
 * Gives a finding the severity that the config has for its code, or `undefined` where that is `off`.
 */
export function rateSeverity(finding: Finding, project: Project | undefined): Finding | undefined {
  const severity = project?.config.gates?.severities?.[finding.code] ?? finding.severity;
  return severity === 'off' ? undefined : { ...finding, severity };
}

/**
 * Creates the rating of a run.
 */
export function createRating(documents: Pick<GateContext, 'spec' | 'pacts' | 'project'>): Rating {
  const { project } = documents;
  const rules = project?.config.gates?.ignore ?? [];
  const met = new Set<IgnoreRule>();
  const describe = rules.length === 0 ? () => ({}) : createDescriber(documents);
  const rate = (findings: readonly Finding[]): RatedFindings => {
    const rated: RatedFindings = { findings: [], ignored: [] };
    for (const finding of findings.flatMap((one) => rateSeverity(one, project) ?? [])) {
      const subject = describe(finding);
      const matching = rules.filter((rule) => isMet(rule, finding, subject));
      matching.forEach((rule) => void met.add(rule));
      const [rule] = matching;
      if (rule === undefined) {
        rated.findings.push(finding);
      } else {
        rated.ignored.push({ finding, reason: rule.reason });
      }
    }
    return rated;
  };
  return {
    rate,
    listStale: () => rules.filter((rule) => !met.has(rule)).map((rule) => toStale(rule, project)),
  };
}

/** What a finding is about. */
interface Subject {
  interaction?: string;
  operation?: OperationPlace;
}

function isMet({ code, interaction, operation }: IgnoreRule, finding: Finding, subject: Subject): boolean {
  return (
    code === finding.code &&
    (interaction === undefined || interaction === subject.interaction) &&
    (operation === undefined || (subject.operation !== undefined && isNamed(operation, subject.operation)))
  );
}

function isNamed(name: string, { operation, method, path }: OperationPlace): boolean {
  return name === operation.operationId || name === `${method.toUpperCase()} ${path}`;
}

// From the place of a finding: in a pact its interaction, and what that calls; in a spec the operation.
function createDescriber({
  spec,
  pacts,
}: Pick<GateContext, 'spec' | 'pacts'>): (finding: Finding) => Subject {
  const findCall: FindCall = createMatcher(spec.document);
  const operations = listOperations(spec.document);
  return ({ at: { file, pointer = '' } }) => {
    const pact = pacts.find((one) => one.file === file);
    const [, index] = /^#\/interactions\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
    if (pact === undefined || index === undefined) {
      const isBelow = ({ path, method }: OperationPlace): boolean =>
        `${pointer}/`.startsWith(`#/paths/${escapeKey(path)}/${method}/`);
      const operation = operations.find(isBelow);
      return operation === undefined ? {} : { operation };
    }
    const interaction = readInteractions(pact.pact).find((one) => one.index === Number(index));
    const operation = interaction && findCall(interaction.request)?.place;
    return {
      ...(interaction === undefined ? {} : { interaction: interaction.description }),
      ...(operation === undefined ? {} : { operation }),
    };
  };
}

function toStale(
  { code, interaction, operation, reason }: IgnoreRule,
  project: Project | undefined,
): Finding {
  const parts = [
    interaction && `the interaction "${interaction}"`,
    operation && `the operation ${operation}`,
  ];
  const where = parts.filter(Boolean).join(' and ');
  return {
    code: 'config.unused-ignore',
    severity: 'warning',
    message: `gates.ignore has ${code}${where && ` for ${where}`} (${reason}), and no finding matched it. Remove it, or correct it.`,
    at: { file: formatPath(project?.file ?? '') },
  };
}
