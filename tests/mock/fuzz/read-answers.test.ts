import { expect, it } from 'vitest';
import { findProblem } from './read-answers.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab';

it.each([
  ['an answer', ok],
  ['none', ''],
  ['two of them', ok + ok],
  ['one before the last', `HTTP/1.1 100 Continue\r\n\r\n${ok}`],
  ['one in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n'],
  ['one without a body', 'HTTP/1.1 204 No Content\r\ndate: now\r\n\r\n'],
])('%s is whole', (_, text) => {
  expect(findProblem(text, false, false)).toBeUndefined();
});

it.each([
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-', 'a head without an end'],
  ['no status', 'HTTP/1.1 999 Odd\r\n\r\n', 'an odd line: HTTP/1.1 999 Odd'],
  ['no header', 'HTTP/1.1 200 OK\r\nx y\r\n\r\n', 'an odd line: x y'],
  ['a line break in a header', 'HTTP/1.1 200 OK\r\nx: a\nb\r\n\r\n', 'an odd line: x: a\nb'],
  ['half a body', ok.slice(0, -1), 'a body without an end, of 200'],
  ['half a second one', ok + ok.slice(0, -1), 'a body without an end, of 200'],
  ['more than one', `${ok}c`, 'a head without an end'],
  [
    'a last chunk that is missing',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n',
    'a body',
  ],
])('%s is not', (_, text, problem) => {
  expect(findProblem(text, true, false)).toContain(problem);
});

it('an answer without a length ends with its connection, and one to HEAD with its head', () => {
  const open = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
  expect([findProblem(open, true, false), findProblem(open, false, false)]).toEqual([
    undefined,
    'a body without an end, of 400',
  ]);
  expect(findProblem(ok.slice(0, -2), false, true)).toBeUndefined();
});
