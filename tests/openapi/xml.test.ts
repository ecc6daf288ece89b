import type { Oas3_1Definition } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { renderXml } from '../../scripts/openapi/xml.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  components: {
    schemas: {
      Order: { type: 'object', properties: { id: { type: 'integer', xml: { attribute: true } } } },
      Tag: { type: 'object', xml: { name: 'tag' }, properties: { id: { type: 'integer' } } },
    },
  },
} as unknown as Oas3_1Definition;

// After https://spec.openapis.org/oas/v3.1.1.html#xml-object-examples
it.each([
  [
    'the name of its schema, and attributes',
    { $ref: '#/components/schemas/Order' },
    { id: 1, note: 'a & b' },
    '<Order id="1"><note>a &amp; b</note></Order>',
  ],
  ['a name', { xml: { name: 'thing' } }, { a: 1 }, '<thing><a>1</a></thing>'],
  ['a list', {}, { animals: ['cat', 'dog'] }, '<root><animals>cat</animals><animals>dog</animals></root>'],
  [
    'a list whose items have a name',
    { properties: { animals: { type: 'array', items: { xml: { name: 'animal' } } } } },
    { animals: ['cat'] },
    '<root><animal>cat</animal></root>',
  ],
  [
    'a list whose own name counts for nothing',
    { properties: { animals: { xml: { name: 'aliens' }, items: {} } } },
    { animals: ['cat'] },
    '<root><animals>cat</animals></root>',
  ],
  [
    'a wrapped list',
    { properties: { animals: { xml: { wrapped: true }, items: {} } } },
    { animals: ['cat'] },
    '<root><animals><animals>cat</animals></animals></root>',
  ],
  [
    'a wrapped list with names',
    {
      properties: { animals: { xml: { name: 'aliens', wrapped: true }, items: { xml: { name: 'animal' } } } },
    },
    { animals: ['cat'] },
    '<root><aliens><animal>cat</animal></aliens></root>',
  ],
  [
    'a list of objects',
    { items: { $ref: '#/components/schemas/Tag' } },
    [{ id: 1 }, { id: 2 }],
    '<root><tag><id>1</id></tag><tag><id>2</id></tag></root>',
  ],
  [
    'a namespace',
    { xml: { name: 'person', prefix: 'smp', namespace: 'http://example.com/schema' } },
    { name: 'Ada' },
    '<smp:person xmlns:smp="http://example.com/schema"><name>Ada</name></smp:person>',
  ],
  [
    'a namespace without a prefix',
    { xml: { namespace: 'http://example.com/"a"' } },
    {},
    '<root xmlns="http://example.com/&quot;a&quot;"></root>',
  ],
  [
    'the properties of all parts',
    {
      allOf: [
        { properties: { id: { xml: { attribute: true } } } },
        { properties: { name: { xml: { name: 'label' } } } },
      ],
    },
    { id: 1, name: 'a' },
    '<root id="1"><label>a</label></root>',
  ],
  ['null', {}, { a: null }, '<root><a></a></root>'],
  ['names that XML has not', {}, { '1 a': 'b', '<x>': 1 }, '<root><_1_a>b</_1_a><_x_>1</_x_></root>'],
  ['a character that XML has not', {}, { a: '\u0000' }, '<root><a>\uFFFD</a></root>'],
])('has %s', (_title, schema, value, xml) => {
  expect(renderXml(document, schema as never, value)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
});
