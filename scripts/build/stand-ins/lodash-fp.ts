/** Stands in for lodash/fp, of which Prism calls this with the name of one property: it sets it in a copy. */
export function set([name]: readonly [string], value: unknown, object: object): object {
  return { ...object, [name]: value };
}
