import { describe, expect, it } from 'vitest';
import { markup } from '../../../scripts/check/report/markup.ts';

describe('markup', () => {
  it('escapes text, in elements and in attributes', () => {
    expect(markup`<p title="${'"\'\n\t\r'}">${'<b>&'}</p>`.markup).toBe(
      '<p title="&quot;&#39;&#10;&#9;&#13;">&lt;b&gt;&amp;</p>',
    );
  });

  it('escapes no markup a second time', () => {
    const items = ['a & b', 'c'].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${markup`<hr>`}${3}`.markup).toBe(
      '<ul><li>a &amp; b</li><li>c</li></ul><hr>3',
    );
  });

  it('drops what XML can not hold, and keeps the rest of Unicode', () => {
    expect(markup`${'a\u0000\u0008\u001b\ud800\ufffe\uffffb'}`.markup).toBe('ab');
    expect(markup`${'é 日本 😀 \u0085'}`.markup).toBe('é 日本 😀 \u0085');
  });
});
