import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMock } from '../../../scripts/mock/index.ts';
import { hasChromium, openBrowser } from '../../check/report/open-browser.ts';

describe.skipIf(!hasChromium)('in a browser, a page of another origin', () => {
  it('neither reads nor steers nor frames the mock', async () => {
    await using mock = await startMock();
    const other = createServer((_, response) => response.setHeader('content-type', 'text/html').end('Hello'));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}`);
    const steer = `fetch('${mock.url}/__mock__/forced', { method: 'POST', mode: 'no-cors', body: '{"operationId":"getMediaToken"}' })`;
    expect(await page.evaluate(`${steer}.then(({ type }) => type)`)).toBe('opaque');
    const read = `fetch('${mock.url}/__mock__/journal')`;
    expect(await page.evaluate(`${read}.then(() => 'read', () => 'failed')`)).toBe('failed');
    const frame = `new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = '${mock.url}/__mock__/';
      frame.onload = resolve;
      document.body.append(frame);
    }).then(() => 'loaded')`;
    await page.evaluate(frame);
    expect(page.frames()).toHaveLength(2);
    expect(await page.frames()[1]?.locator('h1').count()).toBe(0);
    expect(await (await fetch(`${mock.url}/__mock__/forced`)).json()).toEqual({ forced: [] });
  });
});
