import { relative } from 'node:path';
import type { XcodeBuild } from '../operations/xcode/xcodeBuild.ts';

/** `the target Turbine of Turbine.xcodeproj, scheme All, Debug, x86_64`; paths are relative to `folder`. */
export function xcodeText(
  { projectFile, target, scheme, workspace, configuration, architecture }: XcodeBuild,
  folder: string,
): string {
  const of = workspace === undefined ? '' : ` of ${relative(folder, workspace)}`;
  const how = [...(scheme === undefined ? [] : [`scheme ${scheme}${of}`]), configuration, architecture];
  const named = `the target ${target} of ${relative(folder, projectFile)}`;
  return [named, ...how.filter(each => each !== undefined)].join(', ');
}
