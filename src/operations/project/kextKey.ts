import type { InfoPlist } from '../../bundle/infoPlist.ts';
import type { XcodeBuild } from '../xcode/xcodeBuild.ts';

/** What of a kext says where it lies. */
export interface KextKeyParts {
  readonly infoPlist: Pick<InfoPlist, 'file'>;
  readonly xcode?: { readonly build: Pick<XcodeBuild, 'projectFile' | 'target'> } | undefined;
}

/** What tells a found kext from the others of a window: several targets may share an Info.plist. */
export function kextKey({ infoPlist, xcode }: KextKeyParts): string {
  return xcode === undefined ? infoPlist.file : `${xcode.build.projectFile}#${xcode.build.target}`;
}
