/** The longest delay that a timer takes, 24 days: a longer one fires at once. */
export const longestTimerMs: number = 2 ** 31 - 1;

/** What stops a call. */
export interface Stop {
  signal: AbortSignal;
  /** Lets go of the timer, and of the caller's signal unless the answer is still being read. */
  end: () => void;
  /** Stops the clock and leaves the signal to who reads the answer; gives what lets go of that, too. */
  handOver: () => () => void;
}

/**
 * Makes what stops a call when its time is up, or when its caller says so. To be ended with the call.
 *
 * @param timeoutMs `Infinity` for no end
 * @throws {RangeError} when `timeoutMs` is negative or no number
 */
export function createStop(timeoutMs: number, signal: AbortSignal | undefined): Stop {
  if (!(timeoutMs >= 0)) {
    throw new RangeError(`timeoutMs is ${timeoutMs}, expected 0 or more.`);
  }
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = timeoutMs > longestTimerMs ? undefined : setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  let isHandedOver = false;
  const letGo = () => signal?.removeEventListener('abort', abort);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      if (!isHandedOver) letGo();
    },
    handOver: () => {
      isHandedOver = true;
      return letGo;
    },
  };
}
