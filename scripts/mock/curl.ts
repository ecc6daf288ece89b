import { quoteWord } from '../process/quote-word.ts';
import type { ExampleRequest } from './build-request.ts';
import { isFormType } from './parse-body.ts';

/**
 * Formats a request as a curl command to paste into a POSIX shell.
 *
 * @param url of the server, without a trailing slash
 * @example formatCurl('http://127.0.0.1:4010', request) // curl -d 'a=1' http://127.0.0.1:4010/api/token
 */
export function formatCurl(url: string, { method, target, headers, body }: ExampleRequest): string {
  const sent = body.toString();
  const implied = sent === '' ? 'GET' : 'POST';
  return [
    'curl',
    ...(method === implied ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    ...Object.entries(headers)
      // curl sends this one of its own accord.
      .filter(([name, value]) => name !== 'content-type' || (sent !== '' && !isFormType(value)))
      .flatMap(([name, value]) => ['-H', quoteWord(`${name}: ${value}`)]),
    ...(sent === '' ? [] : ['-d', quoteWord(sent)]),
    quoteWord(url + target),
  ].join(' ');
}
