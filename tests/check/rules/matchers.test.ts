import { describe, expect, it } from 'vitest';
import { accepts, isExact, sampleTexts } from '../../../scripts/check/rules/matchers.ts';
import type { Matcher, Rule } from '../../../scripts/pact/matching-rules.ts';

const rule = (...matchers: Matcher[]): Rule => ({ combine: 'AND', matchers });

describe('accepts', () => {
  it.each([
    [undefined, 'a', 'a', 'b'],
    [rule({ match: 'equality' }), 'a', 'a', 'b'],
    [rule({ match: 'type' }), 'a', 'b', 1],
    [rule({ match: 'type' }), null, null, 'x'],
    [rule({ match: 'type' }), [1], [], {}],
    [rule({ min: 1 }), [1], [2], 'x'],
    [rule({ match: 'regex', regex: '^a+$' }), 'a', 'aa', 'b'],
    [rule({ match: 'integer' }), 1, 2, 0.5],
    [rule({ match: 'decimal' }), 0.5, 1.5, '1'],
    [rule({ match: 'number' }), 1, 0.5, '1'],
    [rule({ match: 'boolean' }), true, false, 'true'],
    [rule({ match: 'null' }), null, null, 0],
    [rule({ match: 'notEmpty' }), 'a', 'b', ''],
    [rule({ match: 'include', value: 'b' }), 'abc', 'xbx', 'ac'],
    [rule({ match: 'regex', regex: '.*a.*' }, { match: 'regex', regex: '.*b.*' }), 'ab', 'ba', 'a'],
    // Pact holds an expression to the whole of a text.
    [rule({ match: 'regex', regex: 'a' }), 'a', 'a', 'ab'],
  ])('takes with %j and the example %j the value %j, and not %j', (one, example, taken, refused) => {
    expect(accepts(one, example, taken)).toBe(true);
    expect(accepts(one, example, refused)).toBe(false);
  });

  it('is content with one matcher where they are alternatives', () => {
    const either: Rule = { combine: 'OR', matchers: [{ match: 'null' }, { match: 'integer' }] };
    expect([null, 1, 'x'].map((value) => accepts(either, 1, value))).toEqual([true, true, false]);
  });

  it('takes everything with a matcher that it does not know, or an expression that it cannot read', () => {
    for (const match of ['semver', 'constructor', 'hasOwnProperty']) {
      expect(accepts(rule({ match }), '1.0.0', 'x')).toBe(true);
    }
    expect(accepts(rule({ match: 'regex', regex: '(?<' }), 'a', 'x')).toBe(true);
  });
});

describe('isExact', () => {
  it('is true for no rule and for equality, and false for a type', () => {
    expect([undefined, rule({ match: 'equality' }), rule({ match: 'type' })].map(isExact)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('sampleTexts', () => {
  it('draws texts that all expressions allow, always the same', () => {
    const digits = rule({ match: 'regex', regex: '^[0-9]{2}$' }, { match: 'regex', regex: '^[0-4].*$' });
    const texts = sampleTexts(digits);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.every((text) => /^[0-4][0-9]$/.test(text))).toBe(true);
    expect(sampleTexts(digits)).toEqual(texts);
  });

  it('tries the edges of what an expression allows', () => {
    const texts = sampleTexts(rule({ match: 'regex', regex: '^/.*$' }));
    expect(texts).toEqual(expect.arrayContaining(['/', '//', '/\\', '/\t']));
    expect(texts).not.toContain('x');
  });

  it('draws none where there is no expression, or one that it cannot read', () => {
    expect(sampleTexts(rule({ match: 'type' }))).toEqual([]);
    expect(sampleTexts(rule({ match: 'regex', regex: '(?<' }))).toEqual([]);
  });
});
