import { closeSync, constants, openSync, writeSync } from 'node:fs';

/**
 * Writes bytes to a device, a pipe or an open descriptor, whole.
 *
 * @param target a path, or the number of a descriptor
 * @param patienceMs for how long a pipe may have no reader, or one that does not read
 * @throws {Error} of the file system, and for a pipe that nobody reads from
 */
export function writeStream(target: string | number, content: Buffer, patienceMs: number): void {
  const descriptor =
    typeof target === 'number'
      ? target
      : // Without O_NONBLOCK, a pipe without a reader would hold the whole process, signals included.
        insist(() => openSync(target, constants.O_WRONLY | constants.O_NONBLOCK), 'ENXIO', patienceMs);
  try {
    for (let written = 0; written < content.length; ) {
      written += insist(() => writeSync(descriptor, content, written), 'EAGAIN', patienceMs);
    }
  } finally {
    if (descriptor !== target) {
      closeSync(descriptor);
    }
  }
}

const retryAfterMs = 5;

function insist<Result>(attempt: () => Result, retriedCode: string, patienceMs: number): Result {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return attempt();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== retriedCode) {
        throw cause;
      }
      if (performance.now() > end) {
        throw new Error(`nobody reads from this pipe, waited for ${patienceMs / 1000} s`, { cause });
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryAfterMs);
  }
}
