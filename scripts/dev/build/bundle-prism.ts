import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { toolkitFolder } from '../../cli/toolkit.ts';
import { narrowImports } from './narrow-imports.ts';

// What a mock never calls: logging, forwarding, callbacks, the reading of specs, and the media types of file name
// extensions.
const unused =
  /^(?:pino|node-fetch|https?-proxy-agent|postman-collection|mime-db|\.\/forwarder|.*\/callbacks|@stoplight\/json-schema-ref-parser|@stoplight\/http-spec\/.+)$/;
const nothing = '\0nothing';

// What is loaded late, or of which one function is needed.
const replaced = /^(?:chalk|json-schema-faker|@faker-js\/faker|lodash\/fp)$/;

// The last version whose functions don't look at how many arguments they get: Prism calls them a hundred times for a
// request, and takes a third longer with the later ones.
const toEs6 = (path: string): string => path.replace(/^fp-ts(?:\/lib)?\//, 'fp-ts-2.13/es6/');

/**
 * Bundles Prism's core into one module, `prism.js`.
 *
 * @returns the paths of the modules that are in it
 */
export async function bundlePrism(folder: string): Promise<string[]> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('../../mock/engine/bundle-entry.ts', import.meta.url)),
    cwd: toolkitFolder,
    platform: 'node',
    checks: { pluginTimings: false },
    plugins: [
      replaceModules(),
      narrowImports({
        'fp-ts': { find: (path, name) => ({ module: toEs6(path), name }), findAll: toEs6 },
        lodash: { find: findInLodash },
        tslib: { find: (_, name) => ({ module: 'tslib/tslib.es6.mjs', name }) },
        '@stoplight/json': { find: (_, name) => ({ module: '@stoplight/json/index.es.js', name }) },
      }),
    ],
  });
  const { output } = await bundle.write({
    file: join(folder, 'prism.js'),
    codeSplitting: false,
    minify: true,
    // They are notes for another bundler, and none comes after this one.
    comments: { annotation: false },
  });
  await bundle.close();
  return output[0].moduleIds;
}

function findInLodash(path: string, name: string): { module: string; name: string } {
  return { module: path === 'lodash' ? `${path}/${name}.js` : path, name: 'default' };
}

function replaceModules(): Plugin {
  const standIns = fileURLToPath(new URL('./stand-ins.ts', import.meta.url));
  return {
    name: 'replace-modules',
    resolveId(path, importer) {
      if (path === 'jsonc-parser') {
        // Its main file is one that a bundler can't see through.
        return this.resolve('jsonc-parser/lib/esm/main.js', importer, { skipSelf: true });
      }
      if (path === 'ajv/dist/2019') {
        // For schemas of that draft, of which the spec has none.
        return this.resolve('ajv/dist/2020', importer, { skipSelf: true });
      }
      if (replaced.test(path)) {
        return standIns;
      }
      return unused.test(path) ? nothing : undefined;
    },
    load: (id) => (id === nothing ? 'export default {};' : undefined),
    transform(code, id) {
      // It counts on `this` being `exports`, which holds in CommonJS only.
      return id.endsWith('/uri-template-lite/index.js')
        ? code.replaceAll('this.URI', 'exports.URI')
        : undefined;
    },
  };
}
