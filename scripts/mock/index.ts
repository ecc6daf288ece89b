export type { Clock } from './control/clock.ts';
export type { Fault, Forced } from './control/forced.ts';
export type { JournalEntry } from './control/journal.ts';
export type { Mock } from './mock.ts';
export { type ProxySettings, startProxy, type ValidationProxy } from './proxy/start-proxy.ts';
export { type MockSettings, startMock } from './start-mock.ts';
