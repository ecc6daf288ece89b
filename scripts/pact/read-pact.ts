import { readFileSync } from 'node:fs';
import { getLineColLocation, Source } from '@redocly/openapi-core';
import { SetupError } from '../command.ts';
import { formatPath } from '../files/format-path.ts';
import type { Finding, Place } from '../finding.ts';
import type { Pact } from './pact.ts';
import { findShapeProblem } from './pact-shape.ts';

/** A pact with the places of its parts. */
export interface PactDocument {
  file: string;
  pact: Pact;
  /** Finds a JSON pointer such as `#/interactions/0`, or the nearest part of it that is there. */
  locate: (pointer: string) => Place;
}

/** Either a pact, or what is wrong with the file. */
export type PactReading =
  | { document: PactDocument; findings: [] }
  | { document: undefined; findings: Finding[] };

/**
 * Reads a Pact file. What is wrong with it comes back as a finding of code `pact.unreadable`.
 *
 * @throws {SetupError} when there is no such file
 */
export function readPact(path: string): PactReading {
  const file = formatPath(path);
  const text = readText(path);
  const source = new Source(path, text);
  const locate = (pointer: string): Place => {
    const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
    return { file, line: start.line, column: start.col, pointer };
  };
  try {
    const pact: unknown = JSON.parse(text);
    const problem = findShapeProblem(pact);
    return problem === undefined
      ? { document: { file, pact: pact as Pact, locate }, findings: [] }
      : refuse(
          `The place ${problem.pointer} ${problem.message}. Expected a Pact file of version 2, 3 or 4.`,
          locate(problem.pointer),
        );
  } catch (error) {
    return refuse(`No JSON: ${(error as Error).message}. Expected a Pact file.`, {
      file,
      line: 1,
      column: 1,
    });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SetupError(`Cannot read the pact ${path}: ${(cause as Error).message}. Run npm run contract.`, {
      cause,
    });
  }
}

function refuse(message: string, at: Place): PactReading {
  return { document: undefined, findings: [{ code: 'pact.unreadable', severity: 'error', message, at }] };
}
