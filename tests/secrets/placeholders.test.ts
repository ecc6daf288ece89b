import { describe, expect, it } from 'vitest';
import { createPlaceholders, listForms } from '../../scripts/secrets/placeholders.ts';

const noWords = new Set<string>();

describe('replace', () => {
  it.each([
    ['a token', 'abc.def-1', '***-1'],
    ['an e-mail address', 'ada@lovelace.dev', '***-1@masked.example'],
    ['a code of six digits', '492039', '900001'],
    ['a code that is its own placeholder', '900001', '900002'],
    ['one digit', '7', '1'],
    ['a password with an at sign', 'a@b', '***-1'],
  ])('keeps the shape of %s', (_title, secret, placeholder) => {
    expect(createPlaceholders(new Set([secret]), noWords).replace(secret)).toBe(placeholder);
  });

  it('gives each secret its own', () => {
    const secrets = ['one', 'two', '111111', '222222'];
    const { replace } = createPlaceholders(new Set(secrets), noWords);
    expect(secrets.map(replace)).toEqual(['***-1', '***-2', '900003', '900004']);
    expect(replace('one')).toBe('***-1');
  });
});

describe('replaceKnown', () => {
  it.each(listForms('p+ss w/rd"é&').map((form) => [form]))('finds a secret as %s', (form) => {
    const { replaceKnown } = createPlaceholders(new Set(['p+ss w/rd"é&']), noWords);
    expect(replaceKnown(`x${form}x`)).toMatch(/^x(?!p).*x$/);
    expect(replaceKnown(`x${form}x`)).not.toContain(form);
  });

  it('puts the placeholder in the encoding of the secret', () => {
    const { replaceKnown } = createPlaceholders(new Set(['a b@c.dev', 'other-one', 'x y@z.dev']), noWords);
    expect(replaceKnown('a%20b%40c.dev other-one eCB5QHouZGV2')).toBe(`***-1 ***-2 ${btoa('***-3')}`);
  });

  it('finds the longer of two secrets, and both side by side', () => {
    const { replaceKnown } = createPlaceholders(new Set(['long-secret', 'long-secret-of-all']), noWords);
    expect(replaceKnown('long-secret-of-alllong-secret')).toBe('***-2***-1');
  });

  it('finds the longest of many that begin alike', () => {
    const secrets = Array.from({ length: 30 }, (_, count) => `alike${'-'.repeat(count)}`);
    const { replace, replaceKnown } = createPlaceholders(new Set(secrets), noWords);
    expect(secrets.map((secret) => replaceKnown(`(${secret})`))).toEqual(
      secrets.map((secret) => `(${replace(secret)})`),
    );
  });

  it('hides a text whole that would take too long to look through', () => {
    const secrets = Array.from({ length: 2000 }, (_, count) => `${'a'.repeat(count + 4)}b`);
    const { replaceKnown } = createPlaceholders(new Set(secrets), noWords);
    expect(replaceKnown('a'.repeat(5000))).toBe('***');
  });

  it('takes a short secret for one where it stands by itself, and none of three characters', () => {
    const { replaceKnown } = createPlaceholders(new Set(['open', 'abc', '12345678']), noWords);
    expect(replaceKnown('open, reopen, opened, "open" abc x12345678x')).toBe(
      '***-1, reopen, opened, "***-1" abc x90000003x',
    );
  });

  it('leaves the words of the spec', () => {
    const { replace, replaceKnown } = createPlaceholders(new Set(['password']), new Set(['password']));
    expect([replace('password'), replaceKnown('grant_type=password')]).toEqual([
      '***-1',
      'grant_type=password',
    ]);
  });
});
