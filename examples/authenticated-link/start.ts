import { startMock } from 'nexudus-auth-contract/mock';
import { createServer } from 'vite';

const mock = await startMock({ simulate: true });
// Vite hands what begins with VITE_ over to the page.
process.env.VITE_NEXUDUS_URL = mock.url;
process.env.VITE_MOCK_URL = mock.url;
const page = await createServer({ root: import.meta.dirname, logLevel: 'warn' });
await page.listen();
console.log(
  `Example portal ready at ${page.resolvedUrls?.local[0]} (its Nexudus is the mock at ${mock.url})`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all([page.close(), mock.close()]);
    process.exit();
  });
}
