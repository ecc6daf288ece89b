import type { IncomingHttpHeaders } from 'node:http';
import { MIMEType } from 'node:util';

// RFC 9110, sections 5.6.6 and 12.5.1; and as strict as the parser that Prism reads each range with.
const token = "[!#$%&'*+.^_`|~\\w-]+";
const mediaRange = new RegExp(`^${token}/${token}(?: *; *${token} *= *(?:"[ !#-\\[\\]-~]*"|${token}))*$`);

/**
 * Leaves out of a request's headers what makes Prism throw, and adds the length that it decides by.
 *
 * @param bodyLength in bytes
 */
export function repairHeaders(headers: IncomingHttpHeaders, bodyLength: number): Record<string, string> {
  const { accept, 'content-type': contentType, ...others } = headers;
  const acceptable = accept === undefined ? '' : keepMediaRanges(accept);
  return {
    ...joinValues(others),
    ...(acceptable === '' ? {} : { accept: acceptable }),
    ...(contentType === undefined ? {} : { 'content-type': repairType(contentType) }),
    // Without a length, as in a chunked request, Prism takes a body of any media type.
    'content-length': String(bodyLength),
  };
}

// Prism throws at a range that doesn't parse, where no other one fits. RFC 9110, section 12.5.1, lets a server
// disregard the header; here it disregards the malformed ranges. Prism, too, splits at every comma.
function keepMediaRanges(accept: string): string {
  const ranges = accept.split(',').map((range) => range.trim());
  const kept = ranges.filter((range) => mediaRange.test(range));
  // Prism quotes the header: where nothing is wrong with it, as it came.
  return kept.length === ranges.length ? accept : kept.join(',');
}

// Prism throws at a type that doesn't parse, even where there is no body. RFC 9110, section 8.3: a body of
// unknown type may be taken for this one, which Prism then refuses or accepts by the spec.
function repairType(contentType: string): string {
  try {
    new MIMEType(contentType);
    return contentType;
  } catch {
    return 'application/octet-stream';
  }
}

function joinValues(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
