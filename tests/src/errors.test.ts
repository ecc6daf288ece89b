import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/cli/command.ts';
import { CallError, isCallError, isSessionError, SessionError, UrlError } from '../../src/index.ts';

const call = { operationId: 'getMediaToken', method: 'GET', url: 'https://your-space.spaces.nexudus.com' };
const callError = new CallError('timeout', call, 'did not return a complete response in time.');
const sessionError = new SessionError('signed_out', 'Nobody is signed in.');

describe('an error', () => {
  it.each([callError, sessionError, new UrlError('t', 'is empty'), new SetupError('No spec.')])(
    'prints no cause where it has none: %s',
    (error) => {
      expect(error).not.toHaveProperty('cause');
      expect(inspect(error)).not.toContain('cause');
      expect(inspect(error)).toContain(`${error.name}: ${error.message}`);
    },
  );

  it.each([
    new CallError('aborted', call, 'was aborted by the caller.', 'enough'),
    new SessionError('aborted', 'The caller aborted the wait.', 'enough'),
    new SetupError('No spec.', { cause: 'enough' }),
  ])('prints its cause: %s', (error) => {
    expect(inspect(error)).toContain("[cause]: 'enough'");
  });
});

describe('the guards', () => {
  /** As another copy of the code makes it. */
  const foreign = (name: string) => Object.assign(new Error('x'), { name, code: 'timeout' });

  it.each([
    ['isCallError', isCallError, callError, 'CallError'],
    ['isSessionError', isSessionError, sessionError, 'SessionError'],
  ] as const)('%s knows its own, also those of another copy', (_, guard, own, name) => {
    expect([guard(own), guard(foreign(name))]).toEqual([true, true]);
    const others = [callError, sessionError].filter((error) => error !== own);
    for (const other of [...others, new Error('x'), { name }, undefined, null, 'x']) {
      expect(guard(other)).toBe(false);
    }
  });
});
