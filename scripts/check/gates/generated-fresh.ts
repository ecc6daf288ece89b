import { checkGenerated } from '../../generate/files.ts';
import { originsOf } from '../../generate/model/origin.ts';
import { type Gate, requireProject } from './gate.ts';

/** Generated code against spec: generates it again and compares byte by byte. Findings: `generated.stale`. */
export const run: Gate['run'] = async (context) => {
  const project = requireProject(context);
  return checkGenerated({
    specFile: context.spec.file,
    ...project.readSettings,
    outDir: project.generated,
    usual: originsOf(project),
  });
};
