export { connectToMock, type RemoteMock, type RemoteWorld } from './connect.ts';
export type { WorldKeys } from './control/address.ts';
export type { Clock } from './control/clock.ts';
export type { Fault, Forced } from './control/forced.ts';
export type { JournalEntry } from './control/journal.ts';
export type { Mock, MockControl, MockWorld, WorldSettings } from './mock.ts';
export { startProxy } from './proxy/proxy.ts';
export type { ProxySettings, ValidationProxy } from './proxy/settings.ts';
export { type MockSettings, startMock } from './serve.ts';
