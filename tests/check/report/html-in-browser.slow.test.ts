import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { gates } from '../../../scripts/check/gates.ts';
import { formatHtml } from '../../../scripts/check/report/html.ts';
import { formatJunit } from '../../../scripts/check/report/junit.ts';
import type { CheckReport } from '../../../scripts/check/report/report.ts';
import { type Finding, findingCodes } from '../../../scripts/cli/finding.ts';
import { makeTemporaryFolder } from '../../temporary-folder.ts';
import { contrastOf } from './contrast.ts';
import { findViolations, hasChromium, openBrowser } from './open-browser.ts';
import { readTextColors } from './read-text-colors.ts';
import { documentFinding, fileFinding, finding, followingFinding, reportOf } from './sample-report.ts';

const verdicts = ['passed', 'failed', 'not run'] as const;
/** A finding of which the report shows lines that don't fit a phone. */
const inThisRepository: Finding = { ...finding, at: { file: 'contract.config.ts', line: 5 } };
const longWord = 'https://your-space.spaces.nexudus.com/'.repeat(8);

/** All gates, all codes, every verdict and severity, and words that don't fit a phone. */
const fullReport: CheckReport = {
  results: gates.map((gate, index) => ({
    gate,
    verdict: verdicts[index % 3] ?? 'passed',
    findings:
      index === 1
        ? [...findingCodes.map((code) => ({ ...finding, code, message: longWord })), followingFinding]
        : [],
    durationMs: index * 700,
  })),
  findings: [
    documentFinding,
    fileFinding,
    { ...finding, at: { file: `${longWord}.json`, pointer: longWord } },
    inThisRepository,
  ],
  durationMs: 9000,
  subject: {
    startedAt: new Date(),
    commit: 'c0ffee'.repeat(7).slice(0, 40),
    spec: longWord,
    info: { title: longWord, version: '2.1.0' },
    pact: `pacts/${longWord}`,
    base: 'origin/main',
    isConsumer: true,
  },
};

describe.skipIf(!hasChromium)('the HTML report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const open = async (
    options: Parameters<Browser['newPage']>[0] = {},
    report: CheckReport = fullReport,
  ): Promise<Page> => {
    const file = join(makeTemporaryFolder(), 'check.html');
    writeFileSync(file, formatHtml(report));
    const page = await browser.newPage(options);
    onTestFinished(() => page.close());
    await page.goto(pathToFileURL(file).href);
    return page;
  };

  it('loads nothing but itself, and breaks no policy', async () => {
    const page = await open();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    await page.reload();
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });

  it.each([320, 390, 1280])('fits a screen %i pixels wide, explanations opened', async (width) => {
    const page = await open({ viewport: { width, height: 800 } });
    const widths = await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) {
        details.open = true;
      }
      return [document.documentElement.scrollWidth, document.body.scrollWidth];
    });
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });

  it.each(['light', 'dark'] as const)('has enough contrast for every text in %s', async (colorScheme) => {
    const texts = await (await open({ colorScheme })).evaluate(readTextColors);
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ color, ground }) => contrastOf(color, ground) < 4.5)).toEqual([]);
  });

  it('looks different in light and dark', async () => {
    const grounds = (['light', 'dark'] as const).map(async (colorScheme) =>
      (await open({ colorScheme })).evaluate(() => getComputedStyle(document.body).backgroundColor),
    );
    expect(await Promise.all(grounds)).toEqual(['rgb(255, 255, 255)', 'rgb(20, 24, 29)']);
  });

  it('gives tables names and headers to those who do not see them', async () => {
    const page = await open();
    const matrix = page.getByRole('region', { name: 'What was checked against what' });
    expect(await matrix.getByRole('columnheader').allTextContents()).toContain('rules');
    expect(await matrix.getByRole('rowheader').allTextContents()).toContain('pact');
    const gateRows = page.getByRole('region', { name: 'Gates' }).getByRole('rowheader');
    expect(await gateRows.count()).toBe(gates.length);
  });

  it.each([
    ['a phone, in the dark', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
    ['a desktop, in the light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ] as const)('breaks no rule of axe-core on %s, explanations opened', async (_, options) => {
    const page = await open(options);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) {
        details.open = true;
      }
    });
    expect(await findViolations(page)).toEqual([]);
  });

  it('has headings that skip no level', async () => {
    const levels = await (await open()).evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName.slice(1))),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it('can be read with the keyboard alone', async () => {
    const page = await open({}, reportOf(inThisRepository, followingFinding));
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { tagName, textContent } = document.activeElement ?? document.body;
        const { outlineStyle } = getComputedStyle(document.activeElement ?? document.body);
        return `${tagName} ${outlineStyle} ${['BODY', 'DIV', 'PRE'].includes(tagName) ? '' : textContent}`.trim();
      });
    const seen: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen).toEqual([
      'A solid spec-lint',
      'PRE solid',
      expect.stringMatching(/^SUMMARY solid pact\.breaks-spec /),
      expect.stringMatching(/^SUMMARY solid 1 finding may follow /),
      'DIV solid',
      'DIV solid',
      'A solid spec-lint',
      'BODY none',
    ]);
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details[open]').count()).toBe(1);
  });
});

describe.skipIf(!hasChromium)('the JUnit report in an XML parser', () => {
  it('comes back as it was put in, without what XML can not hold, and on one line for people', async () => {
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const message = '"<a>" & \'b\'\n\tc\r\u0000\u001b\ufffe 😀';
    const xml = formatJunit(reportOf({ ...finding, message }));
    const read = await (await browser.newPage()).evaluate((text) => {
      const root = new DOMParser().parseFromString(text, 'application/xml');
      const failure = root.querySelector('testsuites > testsuite > testcase > failure');
      return { message: failure?.getAttribute('message'), text: failure?.textContent };
    }, xml);
    const kept = '"<a>" & \'b\'\n\tc\r 😀';
    expect(read.message).toBe(kept);
    expect(read.text).toBe('contracts/pacts/pact.json:3:5 error pact.breaks-spec: "<a>" & \'b\' c  😀');
  });
});
