import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { consoleUrl, failNext, isStillToFail, letSucceed } from './mock.ts';

/** What can be made to fail, how, and how one gets to see it. */
const failures = {
  getBearerToken: { answer: { status: 503 }, words: 'The next sign-in will fail, once. Sign in to see it.' },
  exchangeJwt: { answer: { status: 503 }, words: 'The next call will fail, once. Continue to see it.' },
  getOneTimeToken: {
    answer: { status: 500, example: 'failed' },
    words: 'The next check-out or link will fail, once. Buy the day pass to see it.',
  },
} as const;

interface PageProps {
  title: string;
  /** The operation that the page calls next. */
  next: keyof typeof failures;
  children: ReactNode;
}

/** What all steps have around them. */
export function Page({ title, next, children }: PageProps): ReactElement {
  return (
    <>
      <title>{`${title} · Example portal`}</title>
      <header>Example portal</header>
      <main>{children}</main>
      {consoleUrl && <AboutDemo next={next} />}
    </>
  );
}

/** Says what the page is, and lets one see what it does when a call fails. */
function AboutDemo({ next }: Pick<PageProps, 'next'>): ReactElement {
  const [words, setWords] = useState('');
  const [failing, setFailing] = useState<number>();
  useWhileFailing(failing, () => {
    setFailing(undefined);
    setWords('');
  });

  const fail = async () => {
    setFailing(await failNext(next, failures[next].answer));
    setWords(failures[next].words);
  };
  const undo = () => {
    setFailing(undefined);
    setWords('Undone. The next call will work.');
  };
  const onClick = () => {
    if (failing !== undefined) return undo();
    fail().catch(() => setWords('The mock does not respond. Is it running?'));
  };

  return (
    <aside aria-label="About this demo">
      <p>
        This is a demo of <code>nexudus-auth-contract</code>. It talks to a mock of Nexudus: no account,
        invoice or payment is real.{' '}
        <a href={consoleUrl} target="_blank" rel="noreferrer">
          See its calls in the mock’s console (new tab)
        </a>
      </p>
      <button type="button" className="quiet" onClick={onClick}>
        {failing === undefined ? 'Make the next call fail' : 'Let the next call work'}
      </button>
      <p role="status">{words}</p>
    </aside>
  );
}

/** Asks the mock twice a second whether the call is still to fail. Who leaves before it did leaves nothing behind. */
function useWhileFailing(id: number | undefined, onEnd: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: onEnd only sets state.
  useEffect(() => {
    if (id === undefined) return;
    let isLeft = true;
    const look = async () => {
      isLeft = await isStillToFail(id).catch(() => false);
      if (!isLeft) onEnd();
    };
    const timer = setInterval(look, 500);
    return () => {
      clearInterval(timer);
      if (isLeft) letSucceed(id).catch(() => {});
    };
  }, [id]);
}
