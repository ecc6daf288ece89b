import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import { describeError } from './messages.ts';

interface FormProps {
  /** The id of its heading. */
  labelledBy?: string;
  /** What is above an error: the heading, and what there is to know. */
  intro?: ReactNode;
  /** The fields. */
  children?: ReactNode;
  /** What is below the button. */
  more?: ReactNode;
  /** The words of the button. */
  submit: string;
  /** Whether the button is one of the lesser ones. */
  isQuiet?: boolean;
  /** What the form is sent for. It resolves to why that failed, in words, and to `undefined` if it didn't. */
  attempt: (data: FormData) => Promise<string | undefined>;
}

/** A form that says while it works, and why it failed. What its attempt throws is put into words, too. */
export function Form(props: FormProps): ReactElement {
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<string>();
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isRunning) return;
    setIsRunning(true);
    setError(undefined);
    setError(await props.attempt(new FormData(event.currentTarget)).catch(describeError));
    setIsRunning(false);
  };

  return (
    <form aria-labelledby={props.labelledBy} onSubmit={onSubmit}>
      {props.intro}
      {error !== undefined && (
        <p className="error" role="alert" tabIndex={-1} ref={focusOnMount}>
          {error}
        </p>
      )}
      {props.children}
      {/* It is not `disabled` while it works, which would drop the focus. */}
      <button type="submit" className={props.isQuiet ? 'quiet' : undefined} aria-disabled={isRunning}>
        {isRunning ? 'One moment…' : props.submit}
      </button>
      {props.more}
    </form>
  );
}

/**
 * Moves the focus to an element once it is there, as a `ref`: what a step begins with, and an error that it ended with.
 * A screen reader reads it, and the keyboard goes on from it.
 */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
