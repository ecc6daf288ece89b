import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { createMatcher, fillTemplate, listBasePaths, readPathValues } from '../../scripts/openapi/matcher.ts';

const operation = { responses: {} };

const documentOf = (paths: readonly string[], servers: readonly object[] = []): Oas3_1Definition =>
  ({
    openapi: '3.1.0',
    info: { title: 'Reports', version: '1' },
    servers,
    paths: Object.fromEntries(paths.map((path) => [path, { get: { ...operation, operationId: path } }])),
  }) as unknown as Oas3_1Definition;

const find = (document: Oas3_1Definition, path: string, method = 'get') =>
  createMatcher(document)({ method, path })?.place.path;

describe('a path', () => {
  it.each([
    ['/login', '/login', true],
    ['/login', '/login/', false],
    ['/login', '/user/login', false],
    ['/invoices/{invoiceId}/pdf', '/invoices/1024/pdf', true],
    ['/invoices/{invoiceId}/pdf', '/invoices/1024', false],
    ['/invoices/{invoiceId}/pdf', '/invoices/1024/png', false],
    ['/invoices/{invoiceId}', '/invoices/a%2Fb', true],
    ['/invoices/{invoiceId}', '/invoices/a/b', false],
    ['/v{version}/things', '/v1/things', true],
    ['/v{version}/things', '/1/things', false],
    ['/v{version}/things', '/av1/things', false],
    ['/{id}.pdf', '/report.pdf', true],
    ['/{id}.pdf', '/report.html', false],
    ['/{id}.pdf', '/reportxpdf', false],
    ['/{id}.pdf', '/report.pdf.html', false],
    ['/{from}-{to}', '/1-2', true],
    ['/{from}-{to}', '/1', false],
    ['/items:count', '/items%3Acount', true],
    ['/a%20b', '/a b', true],
    ['/a%20b', '/a%20b', true],
    ['/100%', '/100%', true],
  ])('fits %s to %s: %s', (template, path, fits) => {
    expect(find(documentOf([template]), path) !== undefined).toBe(fits);
    expect(readPathValues(template, path) !== undefined).toBe(fits);
  });

  it.each([
    ['/users/me', ['/users/{id}', '/users/me']],
    ['/reports/a.pdf', ['/reports/{name}', '/reports/{id}.pdf']],
    ['/reports/a-b', ['/reports/{name}', '/reports/{from}-{to}']],
    ['/users/me/posts', ['/{kind}/me/posts', '/users/{id}/posts']],
  ])('%s is of the most concrete template, however they are ordered', (path, templates) => {
    expect(find(documentOf(templates), path)).toBe(templates[1]);
    expect(find(documentOf(templates.toReversed()), path)).toBe(templates[1]);
  });

  it('is of the most concrete of many templates that fit', () => {
    const combine = (parts: readonly string[]): string[] =>
      parts.flatMap((one) => parts.flatMap((two) => parts.map((three) => `/${one}/${two}/${three}`)));
    const templates = combine(['a', '{x}', 'b.{y}', '{z}c']);
    const document = documentOf(templates);
    const rank = (template: string): string =>
      template
        .split('/')
        .map((segment) =>
          segment.startsWith('{') && segment.endsWith('}') ? 2 : segment.includes('{') ? 1 : 0,
        )
        .join('');
    const order = (template: string): string => {
      const sum = [...rank(template)].reduce((total, figure) => total + Number(figure), 0);
      return `${sum} ${rank(template)}`;
    };
    for (const path of combine(['a', 'b.1', '1c', 'b.c', 'd'])) {
      const fitting = templates.filter((template) => readPathValues(template, path) !== undefined);
      const [first] = fitting.toSorted((one, other) => order(one).localeCompare(order(other)));
      expect([path, find(document, path)]).toEqual([path, first]);
    }
    expect(find(document, '/a/a')).toBeUndefined();
  });

  it('is of the method that is asked for, or of any', () => {
    const document = documentOf(['/users/me']);
    expect(find(document, '/users/me', 'post')).toBeUndefined();
    expect(createMatcher(document)({ path: '/users/me' })?.place.method).toBe('get');
  });

  it('has the values of its placeholders, decoded', () => {
    expect(readPathValues('/v{version}/{name}.{type}', '/v2/a%20b%2Fc.pdf')).toEqual({
      version: '2',
      name: 'a b/c',
      type: 'pdf',
    });
  });

  it('is filled from its template', () => {
    expect(fillTemplate('/v{version}/{name}.pdf', { version: 2, name: 'a b/c' })).toBe('/v2/a%20b%2Fc.pdf');
  });
});

describe('a base path', () => {
  it.each([
    ['https://api.example', ''],
    ['https://api.example/', ''],
    ['https://api.example/v1/', '/v1'],
    ['/v1', '/v1'],
    ['{scheme}://{host}:{port}/{version}', '/{version}'],
    ['{server}/v2', '/base/v2'],
    ['//api.example/v1?x=/y', '/v1'],
  ])('of %s is "%s"', (url, basePath) => {
    const variables = { server: { default: 'https://api.example/base' }, version: { default: 'v1' } };
    const document = documentOf(['/things'], [{ url, variables }]);
    expect(listBasePaths(document, { operation, pathItem: {} })).toEqual([basePath]);
  });

  it('may be a part of the path or not', () => {
    const document = documentOf(['/things', '/{name}'], [{ url: 'https://api.example/{version}/' }]);
    const matcher = createMatcher(document);
    expect(matcher({ path: '/things' })).toMatchObject({ path: '/things', baseLength: 0 });
    expect(matcher({ path: '/v1/th%69ngs' })).toMatchObject({ path: '/th%69ngs', baseLength: 1 });
    expect(matcher({ path: '/v1/v1/things' })).toBeUndefined();
  });

  it('is that of the operation, else of its path, else of the document', () => {
    const document = documentOf(['/own', '/path', '/all'], [{ url: '/all' }]);
    const pathItem = document.paths?.['/path'] as { servers?: object[] };
    const own = document.paths?.['/own'] as { get: { servers?: object[] }; servers?: object[] };
    pathItem.servers = [{ url: '/path' }];
    Object.assign(own, { servers: [{ url: '/path' }] });
    Object.assign(own.get, { servers: [{ url: '/own' }] });
    expect(
      ['/own/own', '/path/own', '/path/path', '/all/path', '/all/all'].map((path) => find(document, path)),
    ).toEqual(['/own', undefined, '/path', undefined, '/all']);
  });

  it('must be a part of the path where that is asked for', () => {
    const document = documentOf(['/things']);
    const matcher = createMatcher(document, () => ['/v1']);
    expect([matcher({ path: '/things' }), matcher({ path: '/v1/things' })?.place.path]).toEqual([
      undefined,
      '/things',
    ]);
  });
});

describe('createMatcher, with the settings of openapi-pact-comparator', () => {
  const callOf = (info: object, path: string) => {
    const get = { responses: { 204: { description: 'Done.' } } };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Trains', version: '1', ...info },
      paths: { '/Trains/{id}': { get } },
    };
    return createMatcher(document as unknown as Parameters<typeof createMatcher>[0])({ method: 'get', path });
  };

  it('finds a path in another case where the provider looks at none, and writes it as the spec does', () => {
    expect(callOf({ 'x-opc-config-case-insensitive': true }, '/trains/Seven')?.path).toBe('/Trains/Seven');
    expect(callOf({}, '/trains/Seven')).toBeUndefined();
  });

  it('finds a path below the base path that is set, and cuts that off', () => {
    expect(callOf({ 'x-opc-config-base-path': '/rail' }, '/rail/Trains/7')?.path).toBe('/Trains/7');
    expect(callOf({}, '/rail/Trains/7')).toBeUndefined();
  });
});
