import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { replaceVersion } from '../../../scripts/dev/version.ts';
import { specFile } from '../../own-project.ts';

describe('the version of the spec', () => {
  it('is replaced, and nothing else', () => {
    const text = readFileSync(specFile, 'utf8');
    const [version = ''] = /(?<=^ {2}version: ).*$/m.exec(text) ?? [];
    const changed = replaceVersion(text, '9.8.7-next.0');
    expect(changed.split('\n').filter((line, at) => line !== text.split('\n')[at])).toEqual([
      '  version: 9.8.7-next.0',
    ]);
    expect(replaceVersion(changed, version)).toBe(text);
  });

  it('is not looked for outside of info', () => {
    expect(() =>
      replaceVersion('openapi: 3.1.0\ninfo:\n  title: One\nx-tool:\n  version: 1\n', '2.0.0'),
    ).toThrow('The spec has no info.version');
  });
});
