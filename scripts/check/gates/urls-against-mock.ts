import { createNexudusAuthUrls } from '../../../src/urls.ts';
import type { Finding } from '../../finding.ts';
import { readExampleInput } from '../../spec/example-input.ts';
import { type DocumentedAnswer, formatPreference, listAnswers, nameAnswer } from '../../spec/list-answers.ts';
import { readParameters } from '../../spec/read-parameters.ts';
import type { Spec } from '../../spec/read-spec.ts';
import type { Gate } from '../gate.ts';

type Values = Record<string, unknown>;

/**
 * URL builders and mock: each URL that is built from the spec's examples has its parameters in the spec's order, and
 * is answered with every documented status. Findings: `url.not-answered`.
 */
export const run: Gate['run'] = async ({ spec, mock }) => {
  const { url } = await mock();
  const builders = createNexudusAuthUrls({ baseUrl: url, portalUrl: url });
  const build = new Map(Object.entries(builders as unknown as Record<string, (values: Values) => string>));
  const findings = [...build].map(([operationId, builder]) => checkBuilder(operationId, builder, spec));
  return (await Promise.all(findings)).flat();
};

async function checkBuilder(
  operationId: string,
  builder: (values: Values) => string,
  { document, locate }: Spec,
): Promise<Finding[]> {
  const answers = listAnswers(document).filter(({ place }) => place.operation.operationId === operationId);
  if (answers.length === 0) {
    const message = `${operationId}: there is a builder, and no operation of that name. Correct either.`;
    return [{ code: 'url.not-answered', severity: 'error', message, at: locate('#/paths') }];
  }
  const reasons = answers.map(async (answer) => ({
    answer,
    reason: await findReason(builder, answer, document),
  }));
  return (await Promise.all(reasons)).flatMap(({ answer, reason }) =>
    reason === undefined
      ? []
      : [
          {
            code: 'url.not-answered',
            severity: 'error',
            message: `${nameAnswer(answer)}: ${reason}.`,
            at: locate(answer.pointer),
          },
        ],
  );
}

async function findReason(
  builder: (values: Values) => string,
  answer: DocumentedAnswer,
  document: Spec['document'],
): Promise<string | undefined> {
  const { path, query } = readExampleInput(document, answer.place) as { path?: Values; query?: Values };
  let url: URL;
  try {
    url = new URL(builder({ ...path, ...query }));
  } catch (error) {
    return `the builder refuses the spec's own examples: ${(error as Error).message}`;
  }
  const { pathItem, operation } = answer.place;
  const expected = readParameters(document, pathItem, operation).filter((one) => one.in === 'query');
  const names = [...url.searchParams.keys()].join(', ');
  if (names !== expected.map(({ name }) => name).join(', ')) {
    return `the builder gives the parameters ${names}, expected ${expected.map(({ name }) => name).join(', ')}`;
  }
  return findWrongStatus(url, answer);
}

async function findWrongStatus(url: URL, answer: DocumentedAnswer): Promise<string | undefined> {
  const response = await fetch(url, {
    method: answer.place.method.toUpperCase(),
    headers: { Prefer: formatPreference(answer) },
    redirect: 'manual',
  });
  await response.body?.cancel();
  return String(response.status) === answer.status
    ? undefined
    : `the mock answers the URL with ${response.status}, expected ${answer.status}`;
}
