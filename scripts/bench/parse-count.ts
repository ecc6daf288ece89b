import { SetupError } from '../command.ts';

/**
 * Parses an option that is a whole number from 1.
 *
 * @throws {SetupError} that names the option
 */
export function parseCount(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new SetupError(`${option} is "${text}", expected a whole number from 1.`);
  }
  return Number(text);
}
