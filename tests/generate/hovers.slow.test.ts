import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const file = resolve('src/hovered.ts');
const text = `
import { createNexudusAuthClient, type PasswordGrant } from './index.ts';
const client = createNexudusAuthClient({ baseUrl: 'https://your-space.spaces.nexudus.com' });
const signIn = await client.getBearerToken({ body: { grant_type: 'password', username: 'x', password: 'x' } });
if (signIn.status === 200) {
  signIn.body/*token*/;
  signIn.body.access_token/*access*/;
  signIn.body.expires_in/*life*/;
} else {
  signIn.body/*refusal*/;
  signIn.body.error/*code*/;
}
const one = await client.getOneTimeToken({ bearerToken: 'x' });
if (one.status === 200) one.body/*envelope*/;
declare const grant: PasswordGrant;
grant.username/*email*/;
grant.password/*password*/;
`;

/** What an editor shows: of what, and what is said of it. */
interface Hover {
  shown: string;
  said: string;
}

let service: ts.LanguageService;

beforeAll(() => {
  const { options } = ts.convertCompilerOptionsFromJson(
    JSON.parse(readFileSync('tsconfig.json', 'utf8')).compilerOptions,
    resolve('.'),
  );
  const read = (path: string) => (path === file ? text : ts.sys.readFile(path));
  service = ts.createLanguageService({
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    readDirectory: ts.sys.readDirectory,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => resolve('.'),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
  });
});

/** Hovers over what stands before a mark. */
function hover(mark: string): Hover {
  const info = service.getQuickInfoAtPosition(file, text.indexOf(`/*${mark}*/`) - 1);
  return {
    shown: ts.displayPartsToString(info?.displayParts),
    said: ts.displayPartsToString(info?.documentation),
  };
}

describe('an editor', () => {
  it('understands what it is shown', () => {
    const messages = service.getSemanticDiagnostics(file).map(({ messageText }) => messageText);
    expect(messages).toEqual([]);
  });

  it.each([
    ['token', '(property) body: BearerToken'],
    ['refusal', '(property) body: TokenError'],
    ['envelope', '(property) body: ActionConfirmation'],
    ['code', '(property) error: TokenErrorCode | (string & {})'],
    ['access', '(property) access_token: string'],
  ])('shows the name of a type, of the %s', (mark, shown) => {
    expect(hover(mark).shown).toBe(shown);
  });

  it.each([
    ['access', 'The bearer token.'],
    ['life', 'The life of the bearer token, in seconds.'],
    ['email', 'The e-mail address.\n\nFormat: email'],
    ['password', ''],
  ])('says what the spec says, and no more, of the %s', (mark, said) => {
    expect(hover(mark).said).toBe(said);
  });

  it('says what each error code means', () => {
    const { said } = hover('code');
    expect(said).toMatch(/^A known code, or one that this spec doesn't know yet\./);
    for (const code of [
      'unsupported_grant_type',
      'invalid_grant',
      'two_factor_auth_check',
      'must_reset_password',
    ]) {
      expect(said).toContain(`- \`${code}\`: `);
    }
  });
});
