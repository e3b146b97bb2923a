import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type SchemeTarget, schemeTargets } from '../../bundle/xcodeScheme.ts';
import type { ProjectProbe } from '../project/projectProbe.ts';

/** How many schemes of a project or a workspace are listed. */
const mostSchemes = 200;

/** A scheme in a file. */
export interface FileScheme {
  /** Those of the project that it builds. */
  readonly targets: readonly string[];
  /** The `*.xcworkspace` that has it; undefined for one that the project itself has. */
  readonly workspace: string | undefined;
}

/**
 * The schemes by name that the files of a project hold, and those of workspaces that name it, where it has none of that name. `wanted`: the
 * only one that is meant, so that no other one's file is opened.
 */
export async function schemesOf(
  projectFile: string,
  workspaces: readonly string[],
  probe: Pick<ProjectProbe, 'text'>,
  wanted?: string,
): Promise<ReadonlyMap<string, FileScheme>> {
  const schemes = new Map<string, FileScheme>();
  for (const workspace of [undefined, ...workspaces]) {
    for (const file of (await schemeFiles(workspace ?? projectFile)).slice(0, mostSchemes)) {
      const name = basename(file, '.xcscheme');
      if ((wanted ?? name) !== name || (workspace !== undefined && schemes.has(name))) continue;
      const text = (await probe.text(file)) ?? '';
      const isOurs = ({ project }: SchemeTarget) =>
        workspace === undefined || project === undefined || join(dirname(workspace), project) === projectFile;
      const targets = schemeTargets(text).filter(isOurs);
      // What a workspace builds of other projects alone is none of this one.
      if (workspace !== undefined && targets.length === 0) continue;
      schemes.set(name, { targets: [...new Set(targets.map(target => target.name))], workspace });
    }
  }
  return schemes;
}

/** Shared ones, and those of each user. */
async function schemeFiles(place: string): Promise<readonly string[]> {
  const users = await namesIn(join(place, 'xcuserdata'));
  const folders = [
    ...users.filter(name => name.endsWith('.xcuserdatad')).map(name => join(place, 'xcuserdata', name)),
    join(place, 'xcshareddata'),
  ].map(folder => join(folder, 'xcschemes'));
  const files = await Promise.all(folders.map(async folder => (await namesIn(folder)).map(name => join(folder, name))));
  return files.flat().filter(file => file.endsWith('.xcscheme'));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
