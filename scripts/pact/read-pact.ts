import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getLineColLocation, Source } from '@redocly/openapi-core';
import { SetupError } from '../command.ts';
import { pactFile } from '../contract/pact-file.ts';
import { formatPath } from '../files/format-path.ts';
import type { Finding, Place } from '../finding.ts';
import { toolkitFile } from '../toolkit.ts';
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
    try {
      const { start } = getLineColLocation({ source, pointer, reportOnKey: true });
      return { file, line: start.line, column: start.col, pointer };
    } catch {
      // The place is looked up with recursion, which a value that is nested too deep exhausts.
      return { file, pointer };
    }
  };
  let pact: unknown;
  try {
    pact = JSON.parse(text);
  } catch (error) {
    const message = `Not valid JSON: ${(error as Error).message}. Expected a Pact file.`;
    return refuse(message, { file, line: 1, column: 1 });
  }
  const problem = findShapeProblem(pact);
  return problem === undefined
    ? { document: { file, pact: pact as Pact, locate }, findings: [] }
    : refuse(problem.message, locate(problem.pointer));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const hint =
      resolve(path) === toolkitFile(pactFile)
        ? 'Run npm run contract, which writes it.'
        : 'Name a Pact file, or a folder of them.';
    throw new SetupError(`Cannot read the pact ${path}: ${(cause as Error).message}. ${hint}`, { cause });
  }
}

function refuse(message: string, at: Place): PactReading {
  return { document: undefined, findings: [{ code: 'pact.unreadable', severity: 'error', message, at }] };
}
