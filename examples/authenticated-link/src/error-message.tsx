import type { ReactElement } from 'react';
import { focusOnMount } from './focus.ts';

/** Why a form did not do what it was sent for. It takes the focus; show none while another attempt runs. */
export function ErrorMessage({ text }: { text: string | undefined }): ReactElement | null {
  return text === undefined ? null : (
    <p className="error" role="alert" tabIndex={-1} ref={focusOnMount}>
      {text}
    </p>
  );
}
