import { createServer } from 'node:http';

// What can be had at most: the body is read, nothing is looked at, and the answer is a constant.
const body = JSON.stringify({
  access_token: 'access-token-1',
  token_type: 'bearer',
  expires_in: 86_400,
  refresh_token: 'refresh-token-1',
});

createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
