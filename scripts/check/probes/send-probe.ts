import type { ProbeRequest } from './probe.ts';

/**
 * Sends a request as it stands, and gives the answer.
 */
export async function sendProbe(
  baseUrl: string,
  request: ProbeRequest,
): Promise<{ status: number; body: string }> {
  const { method, path, pathValues, query, form } = request;
  const filled = path.replaceAll(/{([^}]+)}/g, (_, name: string) =>
    encodeURIComponent(pathValues[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  const headers = {
    ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...request.headers,
  };
  const isJson = headers['content-type'] === 'application/json';
  const body = form && (isJson ? JSON.stringify(form) : new URLSearchParams(form).toString());
  const response = await fetch(`${baseUrl}${filled}${search === '' ? '' : `?${search}`}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: await response.text() };
}
