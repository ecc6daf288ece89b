import { bypass } from 'msw';
import { type HttpHandler, http } from 'msw/http';

/** Has a world of the mock answer what a test asks of the real API. */
export function forwardTo(world: { url: string }, apiUrl: string): HttpHandler {
  return http.all(`${apiUrl}/*`, ({ request }) => {
    const path = request.url.slice(apiUrl.length);
    return fetch(bypass(new Request(world.url + path, request)));
  });
}
