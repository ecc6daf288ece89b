import { startMock } from '../../../scripts/mock/index.ts';

/** Serves a mock with the settings that it is told, in JSON, and prints its URL. */
const mock = await startMock(JSON.parse(process.argv[2] ?? '{}'));
console.log(mock.url);
