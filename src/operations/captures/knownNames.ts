import { hostname, userInfo } from 'node:os';
import { basename, dirname } from 'node:path';
import type { KnownNames } from '../../tools/redaction/findOriginals.ts';
import type { KextProject } from '../project/kextProject.ts';

/** The names of whoever records, on this machine and maybe on the target, and those of the project, which stay as they are. */
export function knownNames(project: KextProject | undefined, target: { readonly id: string }): KnownNames {
  const { infoPlist, bundleIdentifier, classes, folder } = project ?? { classes: [] };
  const products = infoPlist === undefined ? [] : [infoPlist.executable, basename(dirname(infoPlist.file))];
  return {
    users: [userName(), target.id.split('@').at(-2)?.replace('ssh:', '')].filter(name => name !== undefined),
    hosts: [hostname(), /^ssh:(?:.*@)?(.+)$/.exec(target.id)?.[1]].filter(name => name !== undefined),
    own: {
      identifiers: bundleIdentifier === undefined ? [] : [bundleIdentifier],
      classes,
      words: [...products, ...(folder === undefined ? [] : [basename(folder)])].filter(word => word !== undefined),
    },
  };
}

/** A user who is in no list of users has no name. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
