import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectLicences } from '../../../scripts/dev/build/collect-licences.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';

interface Package {
  name: string;
  manifest: object;
  text?: string;
}

const writePackage = (root: string, { name, manifest, text }: Package): string => {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
  if (text !== undefined) {
    writeFileSync(join(folder, 'LICENSE'), text);
  }
  return join(folder, 'lib/index.js');
};

describe('the licences of what is bundled', () => {
  it('name each package once, under its text', () => {
    const root = makeTemporaryFolder();
    const module = writePackage(root, {
      name: '@scope/one',
      manifest: { license: 'MIT' },
      text: 'Do what you like.',
    });
    const text = collectLicences([module, module.replace('index', 'other'), '/own/source.ts']);
    expect(text.match(/@scope\/one 1\.0\.0 \(MIT\)/g)).toHaveLength(1);
    expect(text).toContain('\n\nDo what you like.');
    expect(text).not.toContain('/own');
  });

  it('hold a text that packages share once', () => {
    const root = makeTemporaryFolder();
    const modules = ['one', 'two'].map((name) =>
      writePackage(root, { name, manifest: { license: 'MIT' }, text: 'The same.' }),
    );
    const text = collectLicences(modules);
    expect(text).toContain('one 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n\nThe same.');
  });

  it('hold a text once that differs in the copyright only, and each copyright', () => {
    const root = makeTemporaryFolder();
    const modules = ['one', 'two'].map((name) =>
      writePackage(root, {
        name,
        manifest: { license: 'MIT' },
        text: `Copyright (c) 2020 ${name}\n\nThe same.`,
      }),
    );
    const text = collectLicences(modules);
    expect(text).toContain(
      'one 1.0.0 (MIT)\n  Copyright (c) 2020 one\ntwo 1.0.0 (MIT)\n  Copyright (c) 2020 two\n\nThe same.',
    );
  });

  it('hold a text once that differs in its heading only', () => {
    const root = makeTemporaryFolder();
    const headings = ['MIT License', 'The MIT License (MIT)', '(The MIT License)'];
    const modules = headings.map((heading, index) =>
      writePackage(root, {
        name: `package-${index}`,
        manifest: { license: 'MIT' },
        text: `${heading}\n\nThe same.`,
      }),
    );
    expect(collectLicences(modules).match(/The same\./g)).toHaveLength(1);
  });

  it('are read as packages said them before 2015, too', () => {
    const module = writePackage(makeTemporaryFolder(), {
      name: 'old',
      manifest: { licenses: [{ type: 'BSD' }] },
      text: 'Do what you like.',
    });
    expect(collectLicences([module])).toContain('old 1.0.0 (BSD)\n\nDo what you like.');
  });

  it('have the standard text and the author of a package that is known to come without a text', () => {
    const root = makeTemporaryFolder();
    const modules = ['seedrandom', 'parse-multipart-data'].map((name) =>
      writePackage(root, { name, manifest: { license: 'MIT' } }),
    );
    const text = collectLicences(modules);
    expect(text).toContain(
      'seedrandom 1.0.0 (MIT)\n  Copyright 2019 David Bau. (the text is the standard one',
    );
    expect(text).toContain('parse-multipart-data 1.0.0 (MIT)\n  by Ignacio Mazzara');
    expect(text.match(/Permission is hereby granted, free of charge/g)).toHaveLength(1);
  });

  it.each([
    ['unknown', 'MIT'],
    ['seedrandom', 'BSD-2-Clause'],
  ])('must have a text: %s under %s without one is refused', (name, license) => {
    const module = writePackage(makeTemporaryFolder(), { name, manifest: { license } });
    expect(() => collectLicences([module])).toThrow(
      `${name} (${license}) has no text of its licence, so that it cannot be bundled.`,
    );
  });

  it('must be there: a package without one is refused', () => {
    const module = writePackage(makeTemporaryFolder(), { name: 'unlicensed', manifest: {} });
    expect(() => collectLicences([module])).toThrow(
      'unlicensed has no licence, so that it cannot be bundled.',
    );
  });
});
