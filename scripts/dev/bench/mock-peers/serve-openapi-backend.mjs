import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { OpenAPIBackend } from 'openapi-backend';

const [specFile, port] = process.argv.slice(2);
const api = new OpenAPIBackend({
  // It holds the document against the schema of OpenAPI 3.0 otherwise, whatever its version.
  quick: true,
  definition: JSON.parse(readFileSync(specFile, 'utf8')),
  // Its validator knows no formats by itself.
  customizeAjv: (ajv) => ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/),
  ajvOpts: { strict: false, logger: false },
  handlers: {
    notImplemented: ({ api: mock, operation }) => mock.mockResponseForOperation(operation.operationId),
    validationFail: () => ({ status: 400, mock: { error: 'unsupported_grant_type' } }),
    notFound: () => ({ status: 404, mock: {} }),
  },
});
await api.init();

createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://mock');
  const body = Object.fromEntries(new URLSearchParams(await text(request)));
  const { method, headers } = request;
  const { status, mock } = await api.handleRequest({ method, path: pathname, query: search, headers, body });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(mock));
}).listen(Number(port), '127.0.0.1');
