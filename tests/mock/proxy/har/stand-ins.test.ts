import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../../../scripts/mock/proxy/har/stand-ins.ts';
import { listForms } from '../../../../scripts/verify/secrets/create-mask.ts';

const noWords = new Set<string>();

describe('give', () => {
  it.each([
    ['a token', 'abc.def-1', '***-1'],
    ['an e-mail address', 'ada@lovelace.dev', '***-1@masked.example'],
    ['a code of six digits', '492039', '900001'],
    ['a code that is its own stand-in', '900001', '900002'],
    ['one digit', '7', '1'],
    ['a password with an at sign', 'a@b', '***-1'],
  ])('keeps the shape of %s', (_title, secret, standIn) => {
    expect(createStandIns(new Set([secret]), noWords).give(secret)).toBe(standIn);
  });

  it('gives each secret its own', () => {
    const secrets = ['one', 'two', '111111', '222222'];
    const { give } = createStandIns(new Set(secrets), noWords);
    expect(secrets.map(give)).toEqual(['***-1', '***-2', '900003', '900004']);
    expect(give('one')).toBe('***-1');
  });
});

describe('sweep', () => {
  it.each(listForms('p+ss w/rd"é&').map((form) => [form]))('finds a secret as %s', (form) => {
    const { sweep } = createStandIns(new Set(['p+ss w/rd"é&']), noWords);
    expect(sweep(`x${form}x`)).toMatch(/^x(?!p).*x$/);
    expect(sweep(`x${form}x`)).not.toContain(form);
  });

  it('puts the stand-in in the encoding of the secret', () => {
    const { sweep } = createStandIns(new Set(['a b@c.dev', 'other-one', 'x y@z.dev']), noWords);
    expect(sweep('a%20b%40c.dev other-one eCB5QHouZGV2')).toBe(`***-1 ***-2 ${btoa('***-3')}`);
  });

  it('finds the longer of two secrets, and both side by side', () => {
    const { sweep } = createStandIns(new Set(['long-secret', 'long-secret-of-all']), noWords);
    expect(sweep('long-secret-of-alllong-secret')).toBe('***-2***-1');
  });

  it('finds the longest of many that begin alike', () => {
    const secrets = Array.from({ length: 30 }, (_, count) => `alike${'-'.repeat(count)}`);
    const { give, sweep } = createStandIns(new Set(secrets), noWords);
    expect(secrets.map((secret) => sweep(`(${secret})`))).toEqual(
      secrets.map((secret) => `(${give(secret)})`),
    );
  });

  it('hides a text whole that would take too long to look through', () => {
    const secrets = Array.from({ length: 2000 }, (_, count) => `${'a'.repeat(count + 4)}b`);
    const { sweep } = createStandIns(new Set(secrets), noWords);
    expect(sweep('a'.repeat(5000))).toBe('***');
  });

  it('takes a short secret for one where it stands by itself, and none of three characters', () => {
    const { sweep } = createStandIns(new Set(['open', 'abc', '12345678']), noWords);
    expect(sweep('open, reopen, opened, "open" abc x12345678x')).toBe(
      '***-1, reopen, opened, "***-1" abc x90000003x',
    );
  });

  it('leaves the words of the spec', () => {
    const { give, sweep } = createStandIns(new Set(['password']), new Set(['password']));
    expect([give('password'), sweep('grant_type=password')]).toEqual(['***-1', 'grant_type=password']);
  });
});
