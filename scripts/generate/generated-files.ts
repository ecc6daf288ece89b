/** The names of the generated files, in the order that they are written in. */
export const generatedNames = [
  'schema.ts',
  'operations.ts',
  'client.ts',
  'validators.ts',
  'examples.ts',
] as const;

/** The generated files: name and text. */
export type GeneratedFiles = Readonly<Record<(typeof generatedNames)[number], string>>;

/** From where to where. */
export interface GenerateOptions {
  /** Path of the spec. Default `openapi/nexudus-auth.yaml`. */
  specFile?: string | undefined;
  /** Path of the folder. Default `generated`. */
  outDir?: string | undefined;
}
