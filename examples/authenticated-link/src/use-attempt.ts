import { useState } from 'react';
import { describeError } from './messages.ts';

/** Something that a person sets off, that takes a while and can fail. */
export interface Attempt {
  isRunning: boolean;
  /** Why the last one failed, in words. */
  error: string | undefined;
  /** Runs an attempt, unless one is running. What it resolves to is why it failed, `undefined` if it didn't. */
  run: (attempt: () => Promise<string | undefined>) => Promise<void>;
}

/** Keeps what there is to show of attempts. What they throw is put into words, too. */
export function useAttempt(): Attempt {
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<string>();
  const run: Attempt['run'] = async (attempt) => {
    if (isRunning) return;
    setIsRunning(true);
    setError(undefined);
    setError(await attempt().catch(describeError));
    setIsRunning(false);
  };
  return { isRunning, error, run };
}
