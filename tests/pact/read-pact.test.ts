import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../scripts/command.ts';
import { readPact } from '../../scripts/pact/read-pact.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

const readText = (text: string) => {
  const file = join(makeTemporaryFolder(), 'pact.json');
  writeFileSync(file, text);
  return readPact(file);
};

describe('readPact', () => {
  it('finds the line of an interaction', () => {
    const { document } = readText('{\n  "interactions": [\n    {\n      "description": "x"\n    }\n  ]\n}');
    expect(document?.locate('#/interactions/0/description')).toMatchObject({ line: 4 });
  });

  it.each([
    ['', 'No JSON'],
    ['{"interactions": ', 'No JSON'],
    ['[]', 'Found no list of interactions'],
    ['{"interactions": {}}', 'Found no list of interactions'],
  ])('finds that %j is no pact', (text, message) => {
    const { findings } = readText(text);
    expect(findings).toMatchObject([{ code: 'pact.unreadable', message: expect.stringContaining(message) }]);
  });

  it('throws when there is no such file, and says what writes it', () => {
    expect(() => readPact('tests/nowhere.json')).toThrow(SetupError);
    expect(() => readPact('tests/nowhere.json')).toThrow(/npm run contract/);
  });
});
