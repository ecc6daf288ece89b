import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// The authors of packages under the MIT licence that come without its text, as the packages themselves name them.
const authors: Readonly<Record<string, string>> = {
  // Its README.md.
  '@stoplight/json-schema-merge-allof': '© Martin Hansen',
  // Its package.json, which names no year.
  'fnv-plus': 'by Travis Webb <me@traviswebb.com>',
  // Its package.json, which names no year.
  'parse-multipart-data': 'by Ignacio Mazzara (nachomazzara@gmail.com)',
  // Its seedrandom.js.
  seedrandom: 'Copyright 2019 David Bau.',
  // Its README.md.
  'uri-template-lite': 'Copyright (c) 2014-2019 Lauri Rooden <lauri@rooden.ee>',
};

// https://spdx.org/licenses/MIT.html
const mitText = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

interface Manifest {
  name: string;
  version: string;
  license?: string;
  /** As packages said it before 2015. */
  licenses?: { type: string }[];
}

interface Licence {
  /** Name, version and identifier. */
  title: string;
  copyrights: string[];
  /** Without the heading and the copyrights: what packages share. */
  text: string;
}

/**
 * Collects the licences of the packages that bundled modules come from, each text once, with all copyrights.
 *
 * @param modules paths; those outside of `node_modules` are our own
 * @throws {Error} for a package without a licence or without its text, which must not be passed on
 */
export function collectLicences(modules: readonly string[]): string {
  const folders = modules.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const licences = [...new Set(folders)]
    .map(readLicence)
    .sort((one, other) => (one.title < other.title ? -1 : 1));
  const groups = [...Map.groupBy(licences, ({ text }) => text.replace(/\s+/g, ' '))].map(
    ([, group]) => group,
  );
  return ['What is bundled here, and under which terms.', ...groups.map(formatGroup)]
    .join('\n\n\n')
    .concat('\n');
}

function formatGroup(group: Licence[]): string {
  const titles = group.map(({ title, copyrights }) =>
    [title, ...copyrights.map((line) => `  ${line}`)].join('\n'),
  );
  return [...titles, '', group[0]?.text].join('\n');
}

function readLicence(folder: string): Licence {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' or ');
  if (name === undefined) {
    throw new Error(`${manifest.name} has no licence, so that it cannot be bundled.`);
  }
  const title = `${manifest.name} ${manifest.version} (${name})`;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return file === undefined
    ? { title, ...findText(manifest.name, name) }
    : { title, ...splitText(readFileSync(join(folder, file), 'utf8')) };
}

function findText(name: string, licence: string): Omit<Licence, 'title'> {
  const author = authors[name];
  if (licence !== 'MIT' || author === undefined) {
    throw new Error(`${name} (${licence}) has no text of its licence, so that it cannot be bundled.`);
  }
  return {
    copyrights: [`${author} (the text is the standard one: the package comes without)`],
    text: mitText,
  };
}

function splitText(text: string): Omit<Licence, 'title'> {
  const lines = text.split(/\r?\n/);
  // The title says it, and packages word it differently above the same text.
  const isHeading = (line: string): boolean => /^\W*(?:the )?MIT licen[cs]e\W*(?:\(MIT\))?\W*$/i.test(line);
  const isCopyright = (line: string): boolean => /^\W*copyright (?:\(c\)|©|\d{4})/i.test(line);
  return {
    copyrights: lines.filter(isCopyright).map((line) => line.trim()),
    text: lines
      .filter((line) => !isCopyright(line) && !isHeading(line))
      .join('\n')
      .trim(),
  };
}
