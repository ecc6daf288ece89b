import { chooseResponse, listDocumented } from './choose-response.ts';
import type { MatchAnswer } from './match-answer.ts';
import type { MockOptions, Render } from './prism.ts';
import { RequestProblem } from './problem.ts';

type Rendering = ReturnType<ReturnType<Render>>;

/**
 * Has Prism render the response that a request prefers, or the one whose `x-match` it meets. A preference that cannot be followed comes back as a
 * `RequestProblem` that lists what is documented.
 */
export function renderPreferred(
  render: Render,
  options: MockOptions,
  matchAnswer: MatchAnswer,
): ReturnType<Render> {
  return (logger) => {
    try {
      return explainMissing(render(chooseResponse(options, matchAnswer))(logger), options);
    } catch (error) {
      return { _tag: 'Left', left: error as Error };
    }
  };
}

// Which response Prism takes without a preferred code, and so which examples, is left to Prism.
function explainMissing(rendering: Rendering, { resource }: MockOptions): Rendering {
  if (rendering._tag === 'Right' || !('status' in rendering.left) || rendering.left.status !== 404) {
    return rendering;
  }
  const { detail } = rendering.left as RequestProblem;
  const explained = new RequestProblem(404, `${detail} ${listDocumented(resource)}`, {
    cause: rendering.left,
  });
  return { _tag: 'Left', left: explained };
}
