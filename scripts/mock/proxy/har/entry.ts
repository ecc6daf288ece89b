/** A name and its value: of a header, or of a parameter. */
export interface Pair {
  name: string;
  value: string;
}

/** One exchange, as HAR 1.2 has it. Cookies stand among the headers. */
export interface HarEntry {
  /** In ISO 8601. */
  startedDateTime: string;
  /** In milliseconds. */
  time: number;
  request: {
    method: string;
    url: string;
    httpVersion: string;
    headers: Pair[];
    queryString: Pair[];
    cookies: [];
    headersSize: -1;
    /** In bytes. */
    bodySize: number;
    postData?: { mimeType: string; text: string; comment?: string };
  };
  response: {
    status: number;
    statusText: string;
    httpVersion: string;
    headers: Pair[];
    cookies: [];
    /** The size is that of the decoded body, in bytes. */
    content: { size: number; mimeType: string; text?: string; comment?: string };
    redirectURL: string;
    headersSize: -1;
    bodySize: number;
  };
  cache: Record<string, never>;
  timings: { send: number; wait: number; receive: number };
}
