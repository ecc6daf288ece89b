import { describe, expect, it } from 'vitest';
import { editRequest } from '../../../scripts/verify/live/forwarder.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const request = (target: string, headers: Record<string, string> = {}, body = '') => ({
  target,
  headers,
  body: Buffer.from(body),
});

describe('editRequest', () => {
  it('replaces a value of the query, and leaves the others byte for byte', () => {
    const target = '/user/login?server=true&t=one-time-token-1&redirectUrl=%2Fa%20b+c';
    expect(editRequest(request(target), { query: { t: 'a&b c' } }).target).toBe(
      '/user/login?server=true&t=a%26b%20c&redirectUrl=%2Fa%20b+c',
    );
  });

  it('replaces the path, and keeps the query', () => {
    expect(editRequest(request('/invoices/1024/pdf?t=1'), { path: '/invoices/7/pdf' }).target).toBe(
      '/invoices/7/pdf?t=1',
    );
  });

  it('replaces fields of a form', () => {
    const { body } = editRequest(request('/', form, 'grant_type=password&username=ada%40l.dev&password=x'), {
      form: { username: 'émile@zola.dev', password: 'a&b=c' },
    });
    expect(body.toString()).toBe('grant_type=password&username=%C3%A9mile%40zola.dev&password=a%26b%3Dc');
  });

  it('leaves a body alone that is no form', () => {
    const json = request('/', { 'content-type': 'application/json' }, 'password=x');
    expect(editRequest(json, { form: { password: 'y' } }).body.toString()).toBe('password=x');
  });

  it('replaces a header, and adds none that the pact does not send', () => {
    const headers = { authorization: 'Bearer real' };
    expect(editRequest(request('/', { authorization: 'Bearer example' }), { headers }).headers).toEqual(
      headers,
    );
    expect(editRequest(request('/'), { headers, query: { t: '1' }, form: { t: '1' } })).toEqual(request('/'));
  });
});
