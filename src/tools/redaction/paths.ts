import type { OtherVendors } from './otherVendors.ts';
import type { Visit } from './privateValues.ts';
import { isToolWord } from './toolWords.ts';

/** Apple's own places. */
const ofApple =
  /^\/(System|bin|sbin|usr\/(?!local\/)|Library\/Apple|dev\/|Applications\/(Utilities|Xcode\.app|Safari\.app)|AppleInternal|SourceCache|private\/var\/db|kernel$)/;

/** Folders that every Mac has, and those in which whatever is installed lies. */
const usual =
  /^(Applications|Library|Application Support|Extensions|StagedExtensions|PrivilegedHelperTools|LaunchDaemons|LaunchAgents|SystemExtensions|Filesystems|Utilities|Desktop|Documents|Downloads|Developer|KDKs|Xcode|DerivedData|Products|Users|Shared|Volumes|Contents|MacOS|Resources|Frameworks|Helpers|XPCServices|PlugIns|LoginItems|Versions|Current|private|tmp|var|folders|opt|usr|local|bin|sbin|lib|libexec|homebrew|home|build|Debug|Release|src|kext-dev|Info\.plist|Makefile|[A-Z]|\d+(\.\d+)*|\.{1,2}|~|.{0,2})$/;

/** What a component ends in and keeps. */
const ending =
  /(\.(app|kext|dext|bundle|framework|xpc|appex|plugin|plist|dSYM|cpp|hpp|c|h|m|mm|o|d|s|dylib|a|so|sh|py))*$/i;

/** Rewrites the parts of a path that name what neither every Mac nor the project has; `/System` and its kin stay. */
export function rewritePath(path: string, vendors: OtherVendors, visit: Visit): string {
  if (ofApple.test(path)) return path;
  const components = path.split('/');
  return components.map((component, at) => rewriteComponent(component, components[at - 1], vendors, visit)).join('/');
}

function rewriteComponent(component: string, folder: string | undefined, vendors: OtherVendors, visit: Visit): string {
  const end = ending.exec(component)?.[0] ?? '';
  const name = component.slice(0, component.length - end.length);
  // Users and volumes are found by their places.
  if (folder === 'Users' || folder === 'home' || folder === 'Volumes') return component;
  if (usual.test(component) || isToolWord(name) || vendors.isOwnWord(name) || /^com\.apple(\.|$)/.test(name))
    return component;
  // A folder may be called by any word, which elsewhere means something else.
  return visit(name, 'path', { reach: /^[a-z]+$/.test(name) ? 'place' : 'word' }) + end;
}

/** Rewrites every absolute path without blanks in a text; slashes may be escaped as JSON has them. */
export function rewritePaths(text: string, vendors: OtherVendors, visit: Visit): string {
  return text.replace(/(?<![\w./<\\-])(?:\\?\/[\w.+@~-]*[\w+@~-]){2,40}/g, found => {
    const plain = found.replaceAll('\\/', '/');
    const written = rewritePath(plain, vendors, visit);
    return plain === found ? written : written.replaceAll('/', '\\/');
  });
}
