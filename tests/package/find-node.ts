import { join } from 'node:path';
import { createProject, type Project } from './project.ts';

/** Finds executables of Node.js, by their version, and installs those that are not running. */
export interface NodeFinder extends Disposable {
  /** @param version as npm takes it, such as `20` or `22.12.0` */
  find: (version: string) => Promise<string>;
}

/**
 * Creates a finder, whose installations are gone once it is disposed of.
 */
export function createNodeFinder(): NodeFinder {
  const name = `node-${process.platform}-${process.arch}`;
  const projects: Project[] = [];
  const found = new Map<string, Promise<string>>();
  const install = async (version: string): Promise<string> => {
    const project = createProject();
    projects.push(project);
    await project.install(`${name}@${version}`);
    return join(project.folder, 'node_modules', name, 'bin/node');
  };
  return {
    find: (version) => {
      if (`${process.versions.node}.`.startsWith(`${version}.`)) {
        return Promise.resolve(process.execPath);
      }
      const path = found.get(version) ?? install(version);
      found.set(version, path);
      return path;
    },
    [Symbol.dispose]: () => {
      for (const project of projects) project.remove();
    },
  };
}
