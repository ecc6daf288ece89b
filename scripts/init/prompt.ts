import { createInterface, type Interface } from 'node:readline/promises';

/** Asks a person. */
export interface Prompt extends Disposable {
  /** Resolves to the answer, or to the fallback if it is empty. */
  ask: (question: string, fallback: string) => Promise<string>;
  /** Asks again until the answer is one of the choices, in full or by its first letter. */
  choose: <Choice extends string>(
    question: string,
    choices: readonly Choice[],
    fallback: Choice,
  ) => Promise<Choice>;
}

/**
 * Opens a prompt in a terminal. Questions go to stderr, because stdout is for results.
 */
export function openPrompt(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Prompt {
  const lines: Interface = createInterface({ input, output });
  const ask: Prompt['ask'] = async (question, fallback) => {
    const answer = await lines.question(`${question}${fallback === '' ? '' : ` (${fallback})`}: `);
    return answer.trim() === '' ? fallback : answer.trim();
  };
  const choose: Prompt['choose'] = async (question, choices, fallback) => {
    for (;;) {
      const answer = await ask(`${question} [${choices.join('/')}]`, fallback);
      const found = choices.find((choice) => choice === answer || choice.charAt(0) === answer.toLowerCase());
      if (found !== undefined) {
        return found;
      }
    }
  };
  return { ask, choose, [Symbol.dispose]: () => lines.close() };
}
