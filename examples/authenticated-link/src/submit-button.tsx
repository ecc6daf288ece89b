import type { ReactElement } from 'react';

interface SubmitButtonProps {
  isRunning: boolean;
  children: string;
}

/** A button that says so while it works. It is not `disabled` then, which would drop the focus. */
export function SubmitButton({ isRunning, children }: SubmitButtonProps): ReactElement {
  return (
    <button type="submit" aria-disabled={isRunning}>
      {isRunning ? 'One moment…' : children}
    </button>
  );
}
