import type { BodyKind } from './operation.ts';
import type { Tools } from './values.ts';

/**
 * Chooses how a body is read of which the spec has several media types: by the one that came, else by the first that
 * fits, else by the first, since servers often leave it out.
 */
export function chooseKind(
  { headers }: Response,
  kinds: Readonly<Record<string, BodyKind>>,
  isJson: Tools['isJson'],
): [mediaType: string, kind: BodyKind] {
  const came = readEssence(headers.get('Content-Type') ?? '');
  const names = Object.keys(kinds);
  const ranges = [came, came.replace(/\/.*/, '/*'), '*/*'];
  const [name = ''] = [
    ...ranges.flatMap((range) => names.filter((each) => readEssence(each) === range)),
    ...(isJson(came) ? names.filter((name) => isJson(name)) : []),
    ...names,
  ];
  return [name, kinds[name] ?? 'none'];
}

/**
 * Reads a media type without its parameters, in lower case.
 *
 * @see https://mimesniff.spec.whatwg.org/#mime-type-essence
 */
export function readEssence(mediaType: string): string {
  return mediaType.replace(/;.*/s, '').trim().toLowerCase();
}
