import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { schemeTargets } from '../bundle/xcodeScheme.ts';

/** How many schemes of a project are listed. */
const mostSchemes = 200;

/** The schemes that the project's files hold, by name, each with the targets that it builds. */
export async function schemesOf(projectFile: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const schemes = new Map<string, readonly string[]>();
  for (const file of (await schemeFiles(projectFile)).slice(0, mostSchemes)) {
    const text = await readFile(file, 'utf8').catch(() => '');
    schemes.set(basename(file, '.xcscheme'), schemeTargets(text));
  }
  return schemes;
}

/** The targets that a scheme builds; undefined where the project's files have no such scheme. */
export async function targetsOfScheme(projectFile: string, scheme: string): Promise<readonly string[] | undefined> {
  return (await schemesOf(projectFile)).get(scheme);
}

/** Shared ones, and those of each user. */
async function schemeFiles(projectFile: string): Promise<readonly string[]> {
  const users = await namesIn(join(projectFile, 'xcuserdata'));
  const folders = [
    ...users.filter(name => name.endsWith('.xcuserdatad')).map(name => join(projectFile, 'xcuserdata', name)),
    join(projectFile, 'xcshareddata'),
  ].map(folder => join(folder, 'xcschemes'));
  const files = await Promise.all(folders.map(async folder => (await namesIn(folder)).map(name => join(folder, name))));
  return files.flat().filter(file => file.endsWith('.xcscheme'));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
