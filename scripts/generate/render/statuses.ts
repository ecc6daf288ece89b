import { listStatuses } from '../model/media-types.ts';

/** The ranges of statuses that the results of generated clients name, with what they stand for. */
const ranges = {
  SuccessStatus: '2XX',
  RedirectStatus: '3XX',
  ClientErrorStatus: '4XX',
  ServerErrorStatus: '5XX',
} as const;

type RangeName = keyof typeof ranges;

const describe = {
  SuccessStatus: 'The registered statuses of a success.',
  RedirectStatus: 'The registered statuses of a redirect, and 304.',
  ClientErrorStatus: 'The registered statuses of a fault of the client.',
  ServerErrorStatus: 'The registered statuses of a fault of the server.',
};

/** The types of ranges, by name. Each is written once, and not in each result that has it. */
export const statusTypes: Readonly<Record<string, string>> = Object.fromEntries(
  (Object.keys(ranges) as RangeName[]).map((name) => [
    name,
    `
/** ${describe[name]} */
export type ${name} = ${listRange(name).join(' | ')};
`,
  ]),
);

/**
 * Renders a set of statuses as a type: one by one, or as ranges without what is not in the set.
 */
export function renderStatuses(statuses: readonly number[]): string {
  const names = (Object.keys(ranges) as RangeName[]).filter((name) =>
    listRange(name).some((status) => statuses.includes(status)),
  );
  const registered = names.flatMap(listRange);
  const excluded = registered.filter((status) => !statuses.includes(status));
  const isOneByOne =
    statuses.length <= names.length + excluded.length ||
    statuses.some((status) => !registered.includes(status));
  if (isOneByOne) {
    return statuses.join(' | ');
  }
  const union = names.join(' | ');
  return excluded.length === 0 ? union : `Exclude<${union}, ${excluded.join(' | ')}>`;
}

function listRange(name: RangeName): number[] {
  return listStatuses(ranges[name], []);
}
