export type { Fault, Forced } from './control/forced.ts';
export type { JournalEntry } from './control/journal.ts';
export { run, usage } from './mock-command.ts';
export type { Mock } from './serve-spec.ts';
export { type MockSettings, startMock } from './start-mock.ts';
