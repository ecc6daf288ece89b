import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../scripts/commands.ts';
import { findStale, renderPages } from '../../scripts/dev/docs/command.ts';
import { listFields } from '../../scripts/dev/docs/reference.ts';
import { extensionSchemas } from '../../scripts/openapi/extensions.ts';

const pages = await renderPages(commands);
const read = (file: string): string => pages.get(file) ?? '';

describe('the generated pages', () => {
  it('are up to date: run `npm run docs` where they are not', () => {
    expect(findStale(pages)).toEqual([]);
  });

  it('are stale where their text is another, or where nothing generates them any more', () => {
    const other = new Map(pages);
    other.set('docs/concepts/sign-in-flow.md', 'Another text.\n');
    other.delete('docs/reference/api.md');
    expect(findStale(other)).toEqual(
      expect.arrayContaining(['docs/concepts/sign-in-flow.md', 'docs/reference/api.md']),
    );
  });

  it('have each command, option, exit code and variable of the help', async () => {
    for (const [name, { load }] of Object.entries(commands)) {
      const { command } = await load();
      const page = read(`docs/reference/commands/${name}.md`);
      for (const [option, { type }] of Object.entries(command.help.options ?? {})) {
        if (type !== 'argument') expect(page, name).toMatch(new RegExp(`--(?:no-)?${option}[ \`]`));
      }
      for (const variable of Object.keys(command.help.environment?.variables ?? {}))
        expect(page).toContain(variable);
      for (const meaning of Object.values(command.help.exitCodes)) expect(page).toContain(meaning);
    }
  });

  it('say for each statement of the API how it is known', () => {
    const page = read('docs/reference/api/getOneTimeToken.md');
    expect(page).toMatch(/^\| `Value` \| string, secret \| .*The one-time token\. \| brief \|$/m);
    expect(page).toMatch(/^\| `refused` \| A failure under HTTP 200 \| .+ \| inferred \|$/m);
    expect(page).toMatch(/^The envelope of a failure\..* \(inferred\)$/m);
  });

  it('draw what a browser opens as no call of the app', () => {
    const flow = read('docs/concepts/sign-in-flow.md');
    expect(flow).toContain('app->>api: POST /api/token');
    expect(flow).toContain('browser->>api: GET /user/login');
    expect(flow).not.toContain('app->>api: GET /user/login');
  });
});

describe('the pages of extensions', () => {
  const fields = Object.entries(extensionSchemas).flatMap(([name, schema]) =>
    listFields(schema).map(({ path }) => [name, path.split('.').at(-1) ?? ''] as const),
  );

  it.each(fields.filter(([, field]) => field !== '*'))('say what %s has in %s', (name, field) => {
    expect(readFileSync(`docs/extensions/${name}.md`, 'utf8')).toMatch(new RegExp(`\\b${field}\\b`));
  });
});
