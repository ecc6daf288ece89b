import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseTarget } from '../../src/client/urls.ts';
import { createNexudusAuthUrls, UrlError } from '../../src/index.ts';

const baseUrl = 'https://your-space.spaces.nexudus.com';
const portalUrl = 'https://portal.your-space.com';
const urls = createNexudusAuthUrls({ baseUrl, portalUrl });
const t = 'one-time-token-1';

describe('format', () => {
  it.each([
    ['/', '%2F'],
    ['/user/invoices?id=1024&tab=open', '%2Fuser%2Finvoices%3Fid%3D1024%26tab%3Dopen'],
    ['/search?q=a+b c%20d', '%2Fsearch%3Fq%3Da%2Bb%20c%2520d'],
    ['/büro/日本#top', '%2Fb%C3%BCro%2F%E6%97%A5%E6%9C%AC%23top'],
    ["/it's(ok)!*~", "%2Fit's(ok)!*~"],
  ])('encodes the target %j as one query value, letter for letter', (redirectUrl, encoded) => {
    expect(urls.redirectToServerPage({ t, redirectUrl })).toBe(
      `${baseUrl}/user/login?server=true&t=one-time-token-1&redirectUrl=${encoded}`,
    );
    expect(urls.redirectToPortal({ t, redirectUrl })).toBe(
      `${portalUrl}/login?t=one-time-token-1&redirectUrl=${encoded}`,
    );
  });

  it('keeps the order of the spec, whatever the order of the values', () => {
    expect(urls.redirectToServerPage({ redirectUrl: '/a', t })).toBe(
      urls.redirectToServerPage({ t, redirectUrl: '/a' }),
    );
  });

  it('fills server=true in, and lets no caller change it', () => {
    const values = { t, redirectUrl: '/a', server: false };
    expect(urls.redirectToServerPage(values)).toContain('?server=true&');
  });

  it('needs no portal for pages of the space', () => {
    const ofSpace = createNexudusAuthUrls({ baseUrl });
    expect(ofSpace.redirectToServerPage({ t, redirectUrl: '/a' })).toMatch(`${baseUrl}/user/login?`);
    expect(ofSpace.downloadInvoicePdf({ invoiceId: 7, t })).toMatch(`${baseUrl}/api/`);
    expect(() => ofSpace.redirectToPortal({ t })).toThrow(
      new TypeError('redirectToPortal needs portalUrl: give it to createNexudusAuthUrls.'),
    );
  });

  it('leaves the target of the portal out where there is none', () => {
    expect(urls.redirectToPortal({ t })).toBe(`${portalUrl}/login?t=one-time-token-1`);
  });

  it('encodes what a token may not hold by itself', () => {
    expect(urls.redirectToPortal({ t: 'a&b=c#d/é' })).toBe(`${portalUrl}/login?t=a%26b%3Dc%23d%2F%C3%A9`);
  });

  it('keeps a path prefix of the origins', () => {
    const prefixed = createNexudusAuthUrls({ baseUrl: `${baseUrl}/x/`, portalUrl: `${portalUrl}/en/` });
    expect(prefixed.redirectToPortal({ t })).toBe(`${portalUrl}/en/login?t=one-time-token-1`);
    expect(prefixed.downloadInvoicePdf({ invoiceId: 7, t })).toMatch(
      `${baseUrl}/x/api/public/billing/invoices/7/pdf?`,
    );
  });
});

describe('refusals', () => {
  const refusalOf = (build: () => string): UrlError => {
    try {
      return expect.fail(`built ${build()}`);
    } catch (error) {
      expect(error).toBeInstanceOf(UrlError);
      return error as UrlError;
    }
  };

  it.each(['', ' ', undefined, null])('refuses the token %j', (token) => {
    for (const build of [
      () => urls.redirectToServerPage({ t: token as string, redirectUrl: '/a' }),
      () => urls.redirectToPortal({ t: token as string }),
      () => urls.downloadInvoicePdf({ invoiceId: 1, t: token as string }),
    ]) {
      expect(refusalOf(build)).toMatchObject({
        parameter: 't',
        message: expect.stringContaining('is empty'),
      });
    }
  });

  it.each([
    ['', 'is empty'],
    ['user/invoices', 'is no path of the origin'],
    [' /a', 'is no path of the origin'],
    ['?a=b', 'is no path of the origin'],
    ['\\evil.example', 'is no path of the origin'],
    ['https://evil.example', 'is no path of the origin'],
    ['https:/evil.example', 'is no path of the origin'],
    ['HTTPS:evil.example', 'is no path of the origin'],
    ['javascript:alert(1)', 'is no path of the origin'],
    ['data:text/html,x', 'is no path of the origin'],
    ['//evil.example', 'would leave the origin'],
    ['///evil.example', 'would leave the origin'],
    ['/\\evil.example', 'would leave the origin'],
    ['/\t/evil.example', 'would leave the origin'],
    ['/a\n/evil.example', 'would leave the origin'],
    ['/a\\..\\evil', 'would leave the origin'],
    ['/.//evil.example', 'would leave the origin'],
    ['/a/..//evil.example', 'would leave the origin'],
    ['/%2e//evil.example', 'would leave the origin'],
  ])('refuses the target %j: %s', (redirectUrl, reason) => {
    for (const build of [
      () => urls.redirectToServerPage({ t, redirectUrl }),
      () => urls.redirectToPortal({ t, redirectUrl }),
    ]) {
      expect(refusalOf(build)).toMatchObject({
        parameter: 'redirectUrl',
        message: expect.stringContaining(reason),
      });
    }
  });

  it('refuses half a surrogate pair, in token and target', () => {
    expect(refusalOf(() => urls.redirectToPortal({ t: '\ud800' })).message).toMatch(/surrogate/);
    expect(refusalOf(() => urls.redirectToPortal({ t, redirectUrl: '/\udfff' })).message).toMatch(
      /surrogate/,
    );
  });

  it.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY, '1/../../x' as never, undefined as never])(
    'refuses the invoice %j',
    (invoiceId) => {
      expect(refusalOf(() => urls.downloadInvoicePdf({ invoiceId, t }))).toMatchObject({
        name: 'UrlError',
        parameter: 'invoiceId',
        message: 'invoiceId must be an integer.',
      });
    },
  );

  it('refuses a target that leaves the origin, whatever the pattern of the spec lets through', () => {
    expect(refuseTarget('/\\evil.example', baseUrl, '')).toMatch(/would leave the origin/);
    expect(refuseTarget('/user/invoices', baseUrl, '')).toBeUndefined();
  });

  it('quotes no value, since it may be a token in the wrong place', () => {
    expect(
      refusalOf(() => urls.redirectToPortal({ t: '/a', redirectUrl: 'secret-token' })).message,
    ).not.toContain('secret');
  });

  it.each(['portal.your-space.com', '/portal', 'javascript:x'])('refuses the portal URL %j', (url) => {
    expect(() => createNexudusAuthUrls({ baseUrl, portalUrl: url })).toThrow(/^portalUrl must be/);
    expect(() => createNexudusAuthUrls({ baseUrl: url, portalUrl: baseUrl })).toThrow(/^baseUrl must be/);
  });

  it('takes base URLs with slashes at the end', () => {
    const { redirectToPortal } = createNexudusAuthUrls({ baseUrl, portalUrl: 'https://portal.example//' });
    expect(redirectToPortal({ t })).toBe(`https://portal.example/login?t=${t}`);
  });
});

describe('properties, against the WHATWG reading of new URL()', () => {
  // Pieces that parsers are known to disagree on, glued together at random.
  const piece = fc.constantFrom(
    ...['/', '\\', '.', '..', '%2e', '%2f', '%5c', ':', '@', '?', '#', '&', '=', ' ', '\t', '\n', '\r', '\0'],
    ...[
      '\u00a0',
      '\u2028',
      '\uff0f',
      '\ud800',
      'evil.example',
      'https',
      'http:',
      'javascript:',
      'a',
      'é',
      '%',
      '%00',
    ],
  );
  const hostile = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
    fc.string({ unit: 'binary' }).map((text) => `/${text}`),
    fc.webUrl(),
  );

  it('never builds a URL whose target leaves the origin, over 20,000 hostile targets', () => {
    let built = 0;
    fc.assert(
      fc.property(hostile, (redirectUrl) => {
        let url: URL;
        try {
          url = new URL(urls.redirectToPortal({ t, redirectUrl }));
        } catch (error) {
          expect(error).toBeInstanceOf(UrlError);
          return;
        }
        built += 1;
        // The value survives the trip, and the server or browser that follows it stays where it is: also when only
        // the path of what it resolved is kept and followed again.
        expect([...url.searchParams]).toEqual([
          ['t', t],
          ['redirectUrl', redirectUrl],
        ]);
        const target = new URL(redirectUrl, portalUrl);
        expect(target.origin).toBe(portalUrl);
        expect(new URL(target.pathname, portalUrl).origin).toBe(portalUrl);
      }),
      { numRuns: 20_000 },
    );
    expect(built).toBeGreaterThan(1000);
  });

  it('builds every plain path, over 10,000 of them', () => {
    const segment = fc
      .string({ minLength: 1 })
      .map(encodeURIComponent)
      .filter((text) => !/^(\.|%2e)+$/i.test(text));
    const path = fc.array(segment).map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(path, fc.webQueryParameters(), (pathname, query) => {
        const redirectUrl = query === '' ? pathname : `${pathname}?${query}`;
        const url = new URL(urls.redirectToServerPage({ t, redirectUrl }));
        expect([...url.searchParams]).toEqual([
          ['server', 'true'],
          ['t', t],
          ['redirectUrl', redirectUrl],
        ]);
      }),
      { numRuns: 10_000 },
    );
  });
});
