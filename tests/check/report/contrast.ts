type Color = readonly [red: number, green: number, blue: number];

/**
 * Computes the contrast of two colours, given as `#rrggbb` or `rgb(r, g, b)`: from 1 to 21.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other].map(luminanceOf).sort((low, high) => low - high);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(text: string): number {
  const [red, green, blue] = readColor(text).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Color;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function readColor(text: string): number[] {
  const hexadecimal = /^#(..)(..)(..)$/.exec(text);
  const decimal = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  const values =
    hexadecimal?.slice(1).map((part) => Number.parseInt(part, 16)) ?? decimal?.slice(1).map(Number);
  if (values === undefined) {
    throw new Error(`Found the colour "${text}", expected #rrggbb or rgb(r, g, b).`);
  }
  return values;
}
