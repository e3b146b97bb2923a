import { basename, relative } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { XcodeBuild } from '../../operations/xcode/xcodeBuild.ts';

/** What a list of kexts says of each. */
interface Placed {
  readonly root: string;
  readonly infoPlist: { readonly file: string };
  readonly xcode?:
    | { readonly build: Pick<XcodeBuild, 'projectFile' | 'target'>; readonly insideOf: readonly string[] }
    | undefined;
}

/** Where a kext comes from: its Info.plist, the Xcode target that makes it, and the bundles that carry it as a plug-in. */
export function kextPlace({ root, infoPlist, xcode }: Placed): string {
  const file = relative(root, infoPlist.file);
  if (xcode === undefined) return file;
  const { build, insideOf } = xcode;
  const made = l10n.t('{0}, target {1} of {2}', file, build.target, basename(build.projectFile));
  return insideOf.length === 0 ? made : l10n.t('{0}, plug-in of {1}', made, insideOf.join(', '));
}
