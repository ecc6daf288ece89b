import { spawnSync } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const leaders = new Set<number>();

/**
 * Ends a process and all that it started. A tool is often a script that waits for a program of its own: who ends the
 * script alone leaves the program running.
 *
 * @param leader the id of a process that was started as the leader of a group (`detached`)
 */
export function endGroup(leader: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(leader), '/T', '/F'], { timeout: 10_000 });
    return;
  }
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Notes that the leader of a group runs, or no longer. What runs is ended with this process: a terminal's Ctrl+C does
 * not reach a group of its own.
 */
export function noteLeader(leader: number, isRunning: boolean): void {
  if (isRunning) {
    leaders.add(leader);
  } else {
    leaders.delete(leader);
  }
  for (const event of ['exit', ...signals]) {
    process.off(event, endAll);
    if (leaders.size > 0) {
      process.on(event, endAll);
    }
  }
}

function endAll(reason: NodeJS.Signals | number): void {
  for (const leader of [...leaders]) {
    endGroup(leader);
    noteLeader(leader, false);
  }
  // The listener has kept the signal from ending this process.
  if (typeof reason === 'string') {
    process.kill(process.pid, reason);
  }
}
