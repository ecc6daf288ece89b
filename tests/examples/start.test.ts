import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const folder = fileURLToPath(new URL('../../examples/authenticated-link', import.meta.url));

describe('npm start of the example', () => {
  it('serves page and mock, says where in one line, and stops both when it is interrupted', async () => {
    const example = spawn(process.execPath, ['start.ts'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void example.kill('SIGKILL'));
    let printed = '';
    for await (const text of example.stdout.iterator({ destroyOnReturn: false })) {
      printed += text;
      if (printed.endsWith('\n')) break;
    }
    const [page = '', mock = ''] = printed.match(/http:\/\/[\w.]+:\d+/g) ?? [];
    expect(printed).toBe(`Example portal ready at ${page}/ (its Nexudus is the mock at ${mock})\n`);
    const script = await fetch(`${page}/src/session.ts`);
    expect(await script.text()).toContain(mock);
    expect((await fetch(`${mock}/__mock__/health`)).status).toBe(200);
    const passedOn = await fetch(`${page}/__mock__/forced`, { headers: { origin: page } });
    expect(await passedOn.json()).toEqual({ forced: [] });

    example.kill('SIGINT');
    expect(await once(example, 'exit')).toEqual([0, null]);
    await expect(fetch(page)).rejects.toThrow();
    await expect(fetch(mock)).rejects.toThrow();
  });
});
