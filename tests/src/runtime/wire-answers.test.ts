import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import type { ServerSentEvent } from '../../../src/runtime/index.ts';
import { failureOf, serveRailway } from './railway.ts';

const closed = vi.fn<() => void>();
let answer: RequestListener = () => {};
const railway = serveRailway(
  Object.fromEntries(
    ['table', 'file', 'events', 'chat', 'ranges', 'moved', 'nothing'].map((name) => [
      `/answers/${name}`,
      (request: IncomingMessage, response: ServerResponse) => answer(request, response),
    ]),
  ),
);

function answers(status: number, mediaType: string | undefined, body: string): void {
  answer = (request, response) => {
    request.resume();
    response.writeHead(status, mediaType === undefined ? {} : { 'Content-Type': mediaType }).end(body);
  };
}

describe('the media type that comes', () => {
  it.each([
    ['application/json; charset=utf-8', '[{"row":1}]', 'application/json', [{ row: 1 }]],
    ['text/csv;header=present', 'row\n1', 'text/csv', 'row\n1'],
    ['Application/XML', '<row/>', 'application/xml', '<row/>'],
    ['application/vnd.railway+json', '[]', 'application/json', []],
    [undefined, 'row\n1', 'text/csv', 'row\n1'],
  ])('%j is read as what it is', async (mediaType, text, contentType, body) => {
    answers(200, mediaType, text);
    expect(await railway.call('getTable')).toMatchObject({ status: 200, contentType, body });
  });

  it('fails where JSON is announced and something else comes', async () => {
    answers(200, 'application/json', 'row\n1');
    expect(await failureOf(railway.call('getTable'))).toMatchObject({ code: 'unreadable_body', status: 200 });
  });

  it.each([
    [undefined, 'application/json, text/csv;q=0.9, application/xml;q=0.9'],
    [{ accept: 'text/csv' }, 'text/csv'],
    [{ header: { Accept: 'text/html' } }, 'text/html'],
  ])('is asked for, with the options %j', async (input, accept) => {
    answer = (request, response) =>
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify([request.headers.accept]));
    expect(await railway.call('getTable', input)).toMatchObject({ body: [accept] });
  });

  it.each([
    ['download', 'application/problem+json, application/pdf;q=0.9'],
    ['watch', 'text/event-stream'],
  ])('is asked for by %s', async (name, accept) => {
    let asked: string | undefined;
    answer = (request, response) => {
      asked = request.headers.accept;
      response.end();
    };
    await railway.call(name);
    expect(asked).toBe(accept);
  });

  it('is JSON by default', async () => {
    expect((await railway.call('withNothing')).body.headers.accept).toBe('application/json');
  });
});

describe('statuses', () => {
  it.each([
    [200, 'application/json', '{"row":1}', true, { row: 1 }],
    [202, 'application/json', '{"note":"x"}', true, { note: 'x' }],
    [404, undefined, '', false, undefined],
    [409, 'application/problem+json', '{"title":"x"}', false, { title: 'x' }],
    [503, 'text/plain', 'out of order', false, 'out of order'],
  ])('reads %i as the spec has it', async (status, mediaType, text, ok, body) => {
    answers(status, mediaType, text);
    const result = await railway.call('getRanges', { query: { status } });
    expect(result).toMatchObject({ status, ok });
    expect(result.body).toEqual(body);
  });

  it('refuses 204 where 200 is documented', async () => {
    answers(204, undefined, '');
    const error = await failureOf(railway.call('remove'));
    expect(error).toMatchObject({ code: 'undocumented_status', status: 204 });
    expect(error.message).toMatch(/answered 204, .*documents 200/);
  });
});

describe('redirects', () => {
  const moves: RequestListener = (request, response) => {
    request.resume();
    response.writeHead(307, { Location: '/v2/secured/open' }).end();
  };

  it('are followed by default', async () => {
    answer = moves;
    expect((await railway.call('getMoved')).body).toMatchObject({ url: '/v2/secured/open' });
  });

  it.each([
    ['a body', 'postMoved', { body: { row: 1 } }],
    ['an API key in a header', 'deleteMoved', { credentials: { key: 'x' } }],
  ])('are not where %s would go along, unless the call asks for it', async (_, name, input) => {
    answer = moves;
    const error = await failureOf(railway.call(name, input));
    expect(error).toMatchObject({ code: 'undocumented_status', status: 307 });
    expect(error.message).toContain("Set redirect: 'follow'");
    const { body } = await railway.call(name, { ...input, redirect: 'follow' });
    expect(body.url).toBe('/v2/secured/open');
  });

  it('are answers where the spec has them', async () => {
    answer = moves;
    const error = await failureOf(railway.call('getRedirect'));
    expect(error).toMatchObject({ status: 307 });
    answers(302, undefined, '');
    expect(await railway.call('getRedirect')).toMatchObject({ status: 302, ok: false });
  });

  it('are answers where client or call say so, and the call has the last word', async () => {
    answer = moves;
    expect(await failureOf(railway.call('getMoved', {}, { redirect: 'manual' }))).toMatchObject({
      status: 307,
    });
    const { body } = await railway.call('getMoved', { redirect: 'follow' }, { redirect: 'manual' });
    expect(body.url).toBe('/v2/secured/open');
  });
});

describe('downloads', () => {
  it('come as a Blob', async () => {
    answers(200, 'application/pdf', '%PDF');
    const { body } = await railway.call<Blob>('download');
    expect([body.type, await body.text()]).toEqual(['application/pdf', '%PDF']);
  });

  it('come as a stream where asked for, past the time-out of the call', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/pdf' }).write('one');
      setTimeout(() => response.end('two'), 150);
    };
    const { body } = await railway.call<ReadableStream>('download', { stream: true, timeoutMs: 100 });
    expect(await new Response(body).text()).toBe('onetwo');
  });

  it('end with the signal of the caller', async () => {
    answer = (_, response) => response.writeHead(200, { 'Content-Type': 'application/pdf' }).write('one');
    const controller = new AbortController();
    const input = { stream: true, signal: controller.signal };
    const { body } = await railway.call<ReadableStream>('download', input);
    const reader = body.getReader();
    await reader.read();
    controller.abort(new Error('enough'));
    await expect(reader.read()).rejects.toThrow();
  });

  it('leave a problem as it is', async () => {
    answers(404, 'application/problem+json', '{"title":"x"}');
    expect(await railway.call('download', { stream: true })).toMatchObject({
      status: 404,
      body: { title: 'x' },
    });
  });
});

/** Answers with chunks, each sent on its own, and stays open unless told otherwise. */
function streams(chunks: readonly (string | Buffer)[], end = true): void {
  answer = async (request, response) => {
    request.resume();
    response.on('close', closed);
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' }).flushHeaders();
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    if (end) response.end();
  };
}

async function readEvents(name = 'watch', input: object = {}): Promise<ServerSentEvent[]> {
  const { body } = await railway.call<AsyncIterable<ServerSentEvent>>(name, input);
  const events: ServerSentEvent[] = [];
  for await (const event of body) events.push(event);
  return events;
}

const plain = { event: 'message', id: '', retryMs: undefined };

describe('server-sent events', () => {
  const text =
    '\uFEFF: a comment\r\nretry: 250\r\nid: 7\r\nevent: departure\r\ndata: {"coach":\r\ndata:"Ä"}\r\n\r\ndata\n\nretry: soon\nid: a\0b\nunknown: x\ndata:  two\rdata: lines\r\rid\ndata: [DONE]\n\ndata: never complete\n';
  const events = [
    { event: 'departure', data: '{"coach":\n"Ä"}', json: { coach: 'Ä' }, id: '7', retryMs: 250 },
    { ...plain, data: '', json: undefined, id: '7', retryMs: 250 },
    { ...plain, data: ' two\nlines', json: undefined, id: '7', retryMs: 250 },
    { ...plain, data: '[DONE]', json: undefined, retryMs: 250 },
  ];

  it('are read as the standard has them', async () => {
    streams([text]);
    expect(await readEvents()).toEqual(events);
  });

  it('are the same wherever a chunk ends', async () => {
    const bytes = Buffer.from(text);
    streams(Array.from(bytes, (byte) => Buffer.from([byte])));
    expect(await readEvents()).toEqual(events);
  });

  it('come one by one, past the time-out of the call, until the reader leaves', async () => {
    closed.mockClear();
    streams(['data: 1\n\n', 'data: 2\n\n'], false);
    const { body } = await railway.call<AsyncIterable<ServerSentEvent>>('watch', { timeoutMs: 500 });
    const seen: unknown[] = [];
    for await (const { json } of body) {
      seen.push(json);
      if (json === 2) {
        await new Promise((resolve) => setTimeout(resolve, 600));
        break;
      }
    }
    expect(seen).toEqual([1, 2]);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it('end with an error when the caller aborts, with the reason', async () => {
    streams(['data: 1\n\n'], false);
    const controller = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      const { body } = await railway.call<AsyncIterable<ServerSentEvent>>('watch', {
        signal: controller.signal,
      });
      for await (const _ of body) controller.abort(reason);
    })();
    expect(await failureOf(reading)).toMatchObject({ name: 'CallError', code: 'aborted', cause: reason });
  });

  it('end with an error when the connection breaks', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await failureOf(readEvents())).toMatchObject({
      name: 'CallError',
      code: 'network_failure',
      operationId: 'watch',
    });
  });

  it('end with an error when one is longer than the memory should hold', async () => {
    const line = `data: ${'x'.repeat(1024 * 1024)}\n`;
    streams(
      Array.from({ length: 17 }, () => line),
      false,
    );
    const error = await failureOf(readEvents());
    expect(error).toMatchObject({ name: 'CallError', code: 'unreadable_body' });
    expect(error.message).toMatch(/an event of more than 16777216 characters/);
  });

  it('come where they are asked for beside JSON', async () => {
    streams(['data: {"bit":"a"}\n\n', 'data: {"bit":"b"}\n\n', 'data: [DONE]\n\n']);
    const events = await readEvents('ask', {
      body: { question: 'x', stream: true },
      accept: 'text/event-stream',
    });
    expect(events.map(({ json }) => json)).toEqual([{ bit: 'a' }, { bit: 'b' }, undefined]);
    answers(200, 'application/json', '{"text":"ab"}');
    expect(await railway.call('ask', { body: { question: 'x' } })).toMatchObject({
      contentType: 'application/json',
      body: { text: 'ab' },
    });
  });
});
