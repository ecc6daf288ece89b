import { describe, expect, it } from 'vitest';
import { narrowPact } from '../../../scripts/pact/verifier/replay.ts';

const headers = { Prefer: 'code=404', Accept: ['application/json'] };
const interaction = (description: string) => ({
  description,
  providerStates: [{ name: 'the moon is full' }],
  request: { method: 'GET', path: '/', headers },
  response: { status: 200 },
});
const pact = {
  consumer: { name: 'a reader' },
  provider: { name: 'a bookshop' },
  interactions: [interaction('one'), interaction('two'), interaction('two')],
  metadata: { pactSpecification: { version: '4.0' } },
};

describe('narrowPact', () => {
  it('keeps the interactions to replay, each with its place instead of a description and states', () => {
    const { interactions, ...others } = narrowPact(pact, [
      { index: 2, headers: {} },
      { index: 0, headers: {} },
    ]);
    const { interactions: _, ...expected } = pact;
    expect(others).toEqual(expected);
    expect(interactions).toEqual([
      { description: '2', request: { method: 'GET', path: '/', headers }, response: { status: 200 } },
      { description: '0', request: { method: 'GET', path: '/', headers }, response: { status: 200 } },
    ]);
  });

  it('replaces headers, whatever the case of their names', () => {
    const [narrowed] = narrowPact(pact, [{ index: 0, headers: { prefer: 'code=200' } }]).interactions;
    expect(narrowed?.request.headers).toEqual({ Accept: ['application/json'], prefer: 'code=200' });
  });
});
