import { describe, expect, it } from 'vitest';
import { listRequired, type ReplayOutcome } from '../../../scripts/verify/live/outcome.ts';
import { formatIssue } from '../../../scripts/verify/live/watch.ts';

const interaction = (description: string): never => ({ description, states: [] }) as never;
const outcomeOf = (...names: string[]): ReplayOutcome => ({
  replays: names.map((name) => ({ interaction: interaction(name) })) as never,
  leftOut: [],
  findings: [],
});

describe('the names of --require', () => {
  it.each([
    [['a list, sorted'], ['a list, sorted']],
    [['a list,an order'], ['a list', 'an order']],
    [
      ['an order', 'a list, sorted'],
      ['an order', 'a list, sorted'],
    ],
  ])('are read from %j', (values, names) => {
    const outcome = outcomeOf('a list', 'a list, sorted', 'an order');
    expect([...listRequired(values, outcome)]).toEqual(names);
  });
});

describe('the text of an issue', () => {
  const watched = { provider: 'shop', origin: 'https://shop.example', pact: 'pacts/web.json' };
  const textOf = (message: string, count = 1): string =>
    formatIssue(
      watched,
      {
        ...outcomeOf('a list'),
        findings: Array.from({ length: count }, () => ({
          code: 'provider.breaks-pact',
          severity: 'error',
          message,
          at: { file: 'pacts/web.json' },
        })),
      },
      {},
    );

  it('says what is broken, on what', () => {
    expect(textOf('expected 200 but was 500').split('\n\n').slice(0, 3)).toEqual([
      '`shop` does not respond as `pacts/web.json` expects.',
      '1 of 1 interaction replayed, 1 finding, on `https://shop.example`.',
      '- `provider.breaks-pact` `expected 200 but was 500`',
    ]);
  });

  it('has what a provider sent as code, whatever backticks it sends', () => {
    expect(textOf('a `b` ``` @everyone\n# c')).toContain(' ```` a `b` ``` @everyone # c ````\n');
  });

  it('lists at most 50 findings', () => {
    const text = textOf('broken', 60);
    expect(text.match(/^- /gm)).toHaveLength(50);
    expect(text).toContain('And 10 more.');
  });
});
