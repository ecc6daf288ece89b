import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/**
 * Bundles and minifies a consumer for the browser into `entry.mjs` of a folder, and gives its sizes in bytes. What it
 * would load late, as the validators, is in files of its own and doesn't count.
 *
 * @throws {Error} where it can't be bundled
 */
export async function measureBytes(
  consumerFile: string,
  folder: string,
): Promise<{ minified: number; gzipped: number }> {
  const bundle = await rolldown({ input: consumerFile, platform: 'browser', logLevel: 'silent' });
  try {
    const { output } = await bundle.write({ dir: folder, entryFileNames: 'entry.mjs', minify: true });
    const [{ code, imports }] = output;
    const needed = output.filter((file) => file.type === 'chunk' && imports.includes(file.fileName));
    const codes = [code, ...needed.map((file) => (file.type === 'chunk' ? file.code : ''))];
    const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
    return {
      minified: sum(codes.map((one) => Buffer.byteLength(one))),
      gzipped: sum(codes.map((one) => gzipSync(one, { level: 9 }).length)),
    };
  } finally {
    await bundle.close();
  }
}
