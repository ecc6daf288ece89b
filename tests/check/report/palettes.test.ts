import { describe, expect, it } from 'vitest';
import { palettes } from '../../../scripts/check/report/style.ts';
import { contrastOf } from './contrast.ts';

describe('the palettes', () => {
  it('are measured as WCAG does', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrastOf('#777777', 'rgb(255, 255, 255)')).toBeCloseTo(4.48, 2);
  });

  it.each(Object.entries(palettes))('have enough contrast for text in %s', (_, palette) => {
    const { ground, raised, line, ...texts } = palette;
    for (const [name, color] of Object.entries(texts)) {
      for (const behind of [ground, raised]) {
        expect(contrastOf(color, behind), `${name} on ${behind}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});
