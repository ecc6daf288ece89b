/** An event of a stream, as the server sends it. */
export interface ServerSentEvent<Json = unknown> {
  /** Default: `message`. */
  readonly event: string;
  /** Its lines, joined by a line feed. */
  readonly data: string;
  /** `data` as JSON; `undefined` where it is none, as `[DONE]`. */
  readonly json: Json | undefined;
  /** The last id that the stream has named: to go on from it, send it as `Last-Event-ID`. Empty before the first. */
  readonly id: string;
  /** How long the server asks to wait before the next connection, where it has said so. */
  readonly retryMs: number | undefined;
}

/** So many characters an event can have, and so many a line. */
const maxEventLength: number = 16 * 1024 * 1024;

/**
 * Reads the events of a response as they come. It ends with the response, without the event that is not complete by
 * then; it does not connect again. To stop before, leave the loop: that closes the connection.
 *
 * @param explain makes the error that is thrown when the stream breaks off, or of a `RangeError` when an event is too long
 * @param end called once, when nothing more is read
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array> | null,
  explain: (error: unknown) => Error,
  end: () => void,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  const parser = createParser();
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      yield* parser(decoder.decode(value, { stream: !done }));
      if (done) return;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    end();
    // Closes the connection where the reader left early. A stream that broke off has nothing to close.
    reader?.cancel().catch(() => {});
  }
}

type Parse = (chunk: string) => Generator<ServerSentEvent, void, undefined>;

function createParser(): Parse {
  let line = '';
  let endedWithReturn = false;
  let event = '';
  let data: string[] = [];
  let length = 0;
  let id = '';
  let retryMs: number | undefined;

  const take = (text: string): void => {
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/s.exec(text) ?? [];
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
  };

  return function* parse(chunk) {
    // A line can end with CR LF, and a chunk between the two.
    const rest = endedWithReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    if (chunk !== '') endedWithReturn = chunk.endsWith('\r');
    const lines = rest.split(/\r\n|\n|\r/);
    for (const [index, part] of lines.entries()) {
      line += part;
      length += part.length;
      if (length > maxEventLength) throw new RangeError(`an event of more than ${maxEventLength} characters`);
      if (index === lines.length - 1) break;
      if (line !== '') take(line);
      else {
        if (data.length > 0) yield makeEvent(event || 'message', data.join('\n'), id, retryMs);
        [event, data, length] = ['', [], 0];
      }
      line = '';
    }
  };
}

function makeEvent(event: string, data: string, id: string, retryMs: number | undefined): ServerSentEvent {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    // Such as `[DONE]`: the text is all that there is.
  }
  return { event, data, json, id, retryMs };
}
