import { expect, it } from 'vitest';
import { matchesTemplate } from '../../scripts/spec/match-path.ts';

it.each([
  ['/login', '/login', true],
  ['/login', '/user/login', false],
  ['/invoices/{invoiceId}/pdf', '/invoices/1024/pdf', true],
  ['/invoices/{invoiceId}/pdf', '/invoices/1024', false],
  ['/invoices/{invoiceId}/pdf', '/invoices/1024/png', false],
])('fits %s to %s: %s', (template, path, fits) => {
  expect(matchesTemplate(template, path)).toBe(fits);
});
