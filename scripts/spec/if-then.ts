/**
 * Writes a condition of JSON Schema: what `test` accepts must be as `consequence` has it, and all else as `otherwise`.
 */
export function ifThen(test: object, consequence: unknown, otherwise?: unknown): Record<string, unknown> {
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema names the keyword so, and nobody awaits a schema.
  return { if: test, then: consequence, ...(otherwise === undefined ? {} : { else: otherwise }) };
}
