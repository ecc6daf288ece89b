import { rmSync } from 'node:fs';
import { toolkitFile } from '../../cli/toolkit.ts';

// What the package `node` has installed to take its one executable from: the headers alone are 67 MB.
rmSync(toolkitFile('node_modules/node/node_modules'), { recursive: true, force: true });
