import { describe, expect, it } from 'vitest';
import { explainMissingPeer } from '../scripts/peers.ts';

const missing = (name: string): Error =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /here`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

describe('a missing optional package', () => {
  it('is named with the command that installs all that is needed, in the versions that fit', () => {
    const explained = explainMissingPeer(missing('ajv'), ['ajv', 'typescript@5']);
    expect(explained?.message).toMatch(/^This needs ajv, which is not installed/);
    expect(explained?.message).toMatch(/npm install --save-dev ajv@\^8\.\d+\.\d+ typescript@5$/);
  });

  it('is found behind a path inside it and a scope', () => {
    expect(explainMissingPeer(missing('ajv/dist/2020.js'), ['ajv'])).toBeDefined();
    expect(explainMissingPeer(missing('@redocly/cli/lib'), ['@redocly/cli'])).toBeDefined();
    expect(explainMissingPeer(missing('typescript'), ['typescript@5'])).toBeDefined();
  });

  it('is told from a file of our own and from a package that nobody is asked to install', () => {
    expect(explainMissingPeer(missing('/here/own.js'), ['ajv'])).toBeUndefined();
    expect(explainMissingPeer(missing('left-pad'), ['ajv'])).toBeUndefined();
    expect(explainMissingPeer(new Error("Cannot find package 'ajv'"), ['ajv'])).toBeUndefined();
  });
});
