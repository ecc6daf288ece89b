import type { Oas3_1Definition } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { findFinalStatus, formatPreference, listAnswers, nameAnswer } from '../../scripts/openapi/answers.ts';

const json = (media: object) => ({ description: '', content: { 'application/json': media } });

const list = (responses: object) =>
  listAnswers({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: { '/items': { get: { operationId: 'listItems', responses } } },
  } as unknown as Oas3_1Definition);

describe('the answers of a document', () => {
  it.each([
    [
      'its named examples',
      json({ examples: { none: { value: [] }, two: { value: [1, 2] } } }),
      ['listItems 200 none', 'listItems 200 two'],
      [[], [1, 2]],
    ],
    ['a single example', json({ example: [1] }), ['listItems 200'], [[1]]],
    ['the example of its schema', json({ schema: { example: [1] } }), ['listItems 200'], [[1]]],
    ['a schema alone', json({ schema: { type: 'array' } }), ['listItems 200'], [undefined]],
    ['no body', { description: '' }, ['listItems 200'], [undefined]],
    ['an empty content', { description: '', content: {} }, ['listItems 200'], [undefined]],
  ])('are, of a response, %s', (_title, response, names, values) => {
    const answers = list({ 200: response });
    expect(answers.map(nameAnswer)).toEqual(names);
    expect(answers.map(({ example }) => example?.value)).toEqual(values);
  });

  it('have a name once that an example has in two media types', () => {
    const examples = { one: { value: 1 } };
    const content = { 'application/json': { examples }, 'text/plain': { examples } };
    expect(list({ 200: { content } })).toMatchObject([{ mediaType: 'application/json' }]);
  });

  it('are preferred by their status, and by their name where they have one', () => {
    const [named, single] = [
      ...list({ 200: json({ examples: { 'two, three': { value: 1 } } }) }),
      ...list({ 200: json({ example: 1 }) }),
    ];
    expect([named, single].map((answer) => answer && formatPreference(answer))).toEqual([
      'code=200, example="two, three"',
      'code=200',
    ]);
  });

  it.each([
    [['default'], [200]],
    [
      ['404', 'default'],
      [404, 200],
    ],
    [
      ['200', 'default'],
      [200, 500],
    ],
    [
      ['302', 'default'],
      [302, 500],
    ],
    [
      ['2XX', '4XX', '400'],
      [200, 401, 400],
    ],
    [['103'], [undefined]],
  ])('of the statuses %j are sent with %j', (names, statuses) => {
    const answers = list(Object.fromEntries(names.map((name) => [name, { description: '' }])));
    const found = Object.fromEntries(answers.map((answer) => [answer.status, findFinalStatus(answer)]));
    expect(names.map((name) => found[name])).toEqual(statuses);
  });
});
