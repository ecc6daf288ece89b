import type { GateResult } from '../../run-gates.ts';
import { type Markup, markup } from '../markup.ts';

const looks = {
  passed: { className: 'passed', symbol: '✓' },
  failed: { className: 'failed', symbol: '✗' },
  broken: { className: 'failed', symbol: '!' },
  'not run': { className: 'not-run', symbol: '–' },
} as const;

/**
 * Renders a verdict as a word, a colour and a symbol: nobody has to tell colours apart.
 */
export function renderVerdict(verdict: GateResult['verdict']): Markup {
  const { className, symbol } = looks[verdict];
  return markup`<span class="verdict ${className}"><span aria-hidden="true">${symbol}</span> ${verdict}</span>`;
}
