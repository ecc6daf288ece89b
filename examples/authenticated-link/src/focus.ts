/**
 * Moves the focus to an element once it is there, as a `ref`: what a step begins with, and an error that it ended with.
 * A screen reader reads it, and the keyboard goes on from it.
 */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
