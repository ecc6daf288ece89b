export { run, usage } from './mock-command.ts';
export { type Mock, type MockSettings, startMock } from './start-mock.ts';
