import type { Gate } from '../../scripts/check/gates/gate.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import {
  type DocumentedAnswer,
  formatPreference,
  listAnswers,
  nameAnswer,
} from '../../scripts/openapi/answers.ts';
import { readExampleInput } from '../../scripts/openapi/example-request.ts';
import { readParameters } from '../../scripts/openapi/operations.ts';
import type { Spec } from '../../scripts/openapi/read-spec.ts';
import { createNexudusAuthUrls } from '../../src/client/urls.ts';

type Values = Record<string, unknown>;

/**
 * URL builders against mock: each URL that is built from the examples of the spec has its parameters in the order of the
 * spec, and the mock returns every documented status for it. Findings: `url.not-answered`.
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
    const message = `${operationId}: there is a URL builder, but no operation of that name. Rename or remove the builder.`;
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
    return `the builder refuses the examples of the spec: ${(error as Error).message}`;
  }
  const expected = readParameters(document, answer.place).filter((one) => one.in === 'query');
  const names = [...url.searchParams.keys()].join(', ');
  if (names !== expected.map(({ name }) => name).join(', ')) {
    return `the builder writes the parameters ${names}, expected ${expected.map(({ name }) => name).join(', ')}`;
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
    : `the mock responds to the URL with ${response.status}, expected ${answer.status}`;
}
