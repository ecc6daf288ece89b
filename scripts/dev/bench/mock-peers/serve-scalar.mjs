import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [specFile, port] = process.argv.slice(2);
const { fetch } = await createMockServer({ document: JSON.parse(readFileSync(specFile, 'utf8')) });
serve({ fetch, port: Number(port), hostname: '127.0.0.1' });
