/** A text of a page, with its colour and that of the ground behind it, as `rgb(r, g, b)`. */
export interface TextColors {
  text: string;
  color: string;
  ground: string;
}

/**
 * Reads the colours of all texts that a page shows. Runs in the browser, so that it holds all that it needs.
 */
export function readTextColors(): TextColors[] {
  const groundOf = (element: Element | null): string => {
    if (element === null) {
      return 'rgb(255, 255, 255)';
    }
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(element.parentElement) : backgroundColor;
  };
  return [...document.body.querySelectorAll('*')]
    .filter(({ childNodes }) =>
      [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim() !== ''),
    )
    .map((element) => ({
      text: element.textContent ?? '',
      color: getComputedStyle(element).color,
      ground: groundOf(element),
    }));
}
