import { startMock } from '../../../scripts/mock/index.ts';

/** Serves a mock that waits for as long as it is told, in milliseconds, and prints its URL. */
const mock = await startMock({ requestTimeoutMs: Number(process.argv[2]) });
console.log(mock.url);
