import { basename } from 'node:path';
import type { KextExecutable } from '../../bundle/kextExecutable.ts';
import type { KextProject } from '../../operations/project/kextProject.ts';
import { product } from '../../operations/project/product.ts';
import { isFilledIn } from '../../operations/project/productFit.ts';
import { type OwnKext, shortNameOf } from './kextView.ts';

/** The project's kext as the views show it, with the UUID of its newest product. */
export async function describeOwn(project: KextProject): Promise<OwnKext> {
  const { bundle } = await product(project);
  return describeBuilt(project, bundle?.executable);
}

/** The same with what was built, where that is known: whether it is what is loaded is asked of a loaded kext alone. */
export function describeBuilt(project: KextProject, executable: KextExecutable | undefined): OwnKext {
  return {
    key: project.key,
    folder: project.folder,
    sources: project.sources,
    defines: project.defines,
    xcode: project.xcode,
    otherKexts: project.otherKexts,
    infoPlistFile: project.infoPlist.file,
    bundleIdentifier: project.bundleIdentifier,
    version: isFilledIn(project.version) ? project.version : '?',
    shortName: shortNameIn(project),
    classes: project.classes,
    declarations: project.declarations,
    builtUuid: executable?.uuid,
    builtUuids: [...(executable?.uuids.values() ?? [])].flatMap(uuid => uuid ?? []),
  };
}

/** Where a build that nobody knows fills the identifier in, the name of its target or its folder: a status item takes `$(NAME)` for an icon. */
function shortNameIn({ bundleIdentifier, folder, xcode }: KextProject): string {
  const name = shortNameOf(bundleIdentifier);
  return isFilledIn(name) ? name : (xcode?.target ?? basename(folder));
}
