/** How the memory of a server went. */
export interface MemoryVerdict {
  /** From after the warm-up to the end, in MiB. */
  growthMiB: number;
  isBounded: boolean;
}

/**
 * Judges the memory of a server, in MiB: at rest, after a warm-up, in which code is compiled and caches fill, and after
 * each part of a load.
 */
export function judgeMemory(memory: readonly number[], maxGrowthMiB: number): MemoryVerdict {
  const [atRest = 0, warm = atRest] = memory;
  const growthMiB = (memory.at(-1) ?? warm) - warm;
  return { growthMiB, isBounded: growthMiB <= maxGrowthMiB };
}
