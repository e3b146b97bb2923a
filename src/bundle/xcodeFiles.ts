import { isAbsolute, join } from 'node:path';
import { text, texts, type XcodeObject, type XcodeObjects } from './xcodeObjects.ts';

/**
 * The paths of the files and folders that a project's groups hold, by their ids; absolute where `folder` is. Left out is what
 * lies relative to a place that Xcode alone knows: the SDK, the build products.
 */
export function filePaths(objects: XcodeObjects, folder: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const main = objects.at(objects.root, 'mainGroup');
  const waiting: { readonly object: XcodeObject; readonly above: string | undefined }[] = [];
  if (main !== undefined) waiting.push({ object: main, above: folder });
  const seen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { object, above } = next;
    if (seen.has(object.id)) continue;
    seen.add(object.id);
    const path = pathOf(object, above, folder);
    if (path !== undefined) paths.set(object.id, path);
    for (const child of objects.listed(object, 'children')) waiting.push({ object: child, above: path });
  }
  return paths;
}

function pathOf({ members }: XcodeObject, above: string | undefined, folder: string): string | undefined {
  const path = text(members, 'path') ?? '';
  switch (text(members, 'sourceTree') ?? '<group>') {
    case '<group>':
      return above === undefined ? undefined : join(above, path);
    case 'SOURCE_ROOT':
      return join(folder, path);
    case '<absolute>':
      return isAbsolute(path) ? path : undefined;
    default:
      return undefined;
  }
}

/** Files and folders whose sources a target compiles. */
export interface TargetSources {
  readonly files: readonly string[];
  /** All in them but for what `without` lists. */
  readonly folders: readonly string[];
  readonly without: readonly string[];
}

/** The sources of a target: those of its build phases, and the folders that Xcode 16 and later keeps in step with the disk. */
export function targetSources(
  objects: XcodeObjects,
  target: XcodeObject,
  paths: ReadonlyMap<string, string>,
): TargetSources {
  const pathsOf = (all: readonly XcodeObject[]) => all.flatMap(({ id }) => paths.get(id) ?? []);
  const phases = objects
    .listed(target, 'buildPhases')
    .filter(({ isa }) => /^PBX(?:Sources|Headers)BuildPhase$/.test(isa));
  const built = phases.flatMap(phase => objects.listed(phase, 'files'));
  const folders = objects.listed(target, 'fileSystemSynchronizedGroups');
  const without = folders.flatMap(folder =>
    objects
      .listed(folder, 'exceptions')
      .filter(exception => text(exception.members, 'target') === target.id)
      .flatMap(({ members }) => texts(members, 'membershipExceptions'))
      .flatMap(name => pathsOf([folder]).map(path => join(path, name))),
  );
  return {
    files: [...new Set(pathsOf(built.flatMap(file => objects.at(file, 'fileRef') ?? [])))],
    folders: pathsOf(folders),
    without,
  };
}
