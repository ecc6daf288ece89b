import { describe, expect, it } from 'vitest';
import { listImportedNames } from '../../../scripts/dev/build/bundle-prism.ts';

describe('the names that a module uses of another', () => {
  it.each([
    [
      'a required one',
      'const o_1 = require("lib/o"); (0, o_1.map)(o_1.of(1)); other_o_1.no; x.o_1.no',
      ['map', 'of'],
    ],
    [
      'one that is required twice',
      "const a = require('lib/o');\nvar b = require('lib/o');\na.one(b.two)",
      ['one', 'two'],
    ],
    ['an imported one', 'import{map as e,of}from"lib/o";e(of(1))', ['map', 'of']],
  ])('are read from %s', (_, code, names) => {
    expect(listImportedNames(code, 'lib/o')).toEqual(names);
  });

  it.each([
    ['hands it on whole', 'const o = require("lib/o"); traverse(o)(o.map)'],
    ['takes it apart', 'const { map } = require("lib/o"); map()'],
    ['exports it', 'module.exports = require("lib/o")'],
    ['imports it whole', 'import * as o from "lib/o"; o.map()'],
    ['does not import it', 'map()'],
  ])('are unknown where the module %s', (_, code) => {
    expect(listImportedNames(code, 'lib/o')).toBeUndefined();
  });

  it('are not mixed up with those of a longer path', () => {
    const code = 'const a = require("lib/o"); const b = require("lib/options"); a.one; b.two';
    expect(listImportedNames(code, 'lib/o')).toEqual(['one']);
  });
});
