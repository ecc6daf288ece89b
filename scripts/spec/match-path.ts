/**
 * Tells whether a path fits a template such as `/invoices/{invoiceId}/pdf`, segment by segment.
 */
export function matchesTemplate(template: string, path: string): boolean {
  const segments = path.split('/');
  const expected = template.split('/');
  return (
    segments.length === expected.length &&
    expected.every((segment, index) => segment.startsWith('{') || segment === segments[index])
  );
}
