import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { command as check } from '../../scripts/check/command.ts';
import { command as verify } from '../../scripts/verify/command.ts';
import { readYaml, type Step } from './recipe.ts';

const folder = 'docs/ci';
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The blocks of code of a page, in one language. */
const readBlocks = (name: string, language: string): string[] => {
  const text = pages.find((page) => page.name === name)?.text ?? '';
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block = '']) => block,
  );
};

describe.each(pages)('docs/ci/$name', ({ text }) => {
  it('names recipes that are there', () => {
    const links = [...text.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });

  it('says what was not tried', () => {
    expect(text).toMatch(/\b(?:not run|No image was built)\b/);
  });

  it('fits two screens', () => {
    expect(text.split('\n').length).toBeLessThan(110);
  });

  it('names options that the commands have', () => {
    const help = [check, verify].map((command) => command.formatUsage('contract-kit')).join('\n');
    const lines = text.split('\n').filter((line) => /contract-kit (?:check|verify)\b/.test(line));
    const options = lines.flatMap((line) => line.match(/(?<= )--[a-z][a-z-]+/g) ?? []);
    expect(
      options.filter((option) => !['--no', '--help'].includes(option) && !help.includes(option)),
    ).toEqual([]);
  });
});

describe('the snippets', () => {
  it('for GitHub have inputs and outputs that the action has', () => {
    const action = readYaml<{ inputs: object; outputs: object }>('action.yml');
    const [start = '', scanning = ''] = readBlocks('github-actions.md', 'yaml');
    const { jobs } = parseYaml(start) as { jobs: Record<string, { steps: Step[] }> };
    const step = jobs.check?.steps.find(({ uses = '' }) => uses.startsWith('OWNER/'));
    const inputs = Object.keys(step?.with ?? {});
    expect(inputs).toEqual(['document', 'pact', 'comment']);
    expect(inputs.filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
    const used = [...scanning.matchAll(/steps\.contract\.outputs\.(\w+)/g)].map(([, name = '']) => name);
    expect(used).toEqual(['sarif']);
    expect(Object.keys(action.outputs)).toContain('sarif');
  });

  it('for GitHub list each input of the action with its default', () => {
    const { inputs } = readYaml<{ inputs: Record<string, { default?: string }> }>('action.yml');
    const { text = '' } = pages.find(({ name }) => name === 'github-actions.md') ?? {};
    const rows = [...text.matchAll(/^\| `([\w-]+)` \| (.+?) \|/gm)].map(([, name, value]) => [name, value]);
    expect(rows.map(([name]) => name)).toEqual(Object.keys(inputs));
    const defaults = Object.fromEntries(rows) as Record<string, string>;
    for (const name of ['fail-on', 'working-directory', 'artifact', 'comment']) {
      expect(defaults[name]).toBe(`\`${inputs[name]?.default}\``);
    }
  });

  it('for GitLab are a part of the recipe', () => {
    const [block = ''] = readBlocks('gitlab.md', 'yaml');
    expect(readYaml('examples/ci/gitlab.yml')).toMatchObject(parseYaml(block) as object);
  });

  it('for pre-commit are the recipe, and run the command of a hook', () => {
    const [block = ''] = readBlocks('pre-commit.md', 'yaml');
    expect(readYaml('examples/ci/pre-commit-config.yaml')).toEqual(parseYaml(block));
    const hooks = readYaml<{ entry: string }[]>('.pre-commit-hooks.yaml');
    const [command = ''] = readBlocks('pre-commit.md', 'console');
    expect(hooks.map(({ entry }) => entry)).toContain(command.trim().replace('$ ', ''));
  });
});
