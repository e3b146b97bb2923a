import type { OtherVendors } from './otherVendors.ts';
import type { Visit } from './privateValues.ts';
import { isToolWord } from './toolWords.ts';

/** Apple's own places. */
const ofApple =
  /^\/(System|bin|sbin|usr\/(?!local\/)|Library\/Apple|dev\/|Applications\/(Utilities|Xcode\.app|Safari\.app)|AppleInternal|SourceCache|private\/var\/db\/(?!KernelExtensionManagement\/)|kernel$)/;

/** Folders that every Mac has, and those in which whatever is installed lies. */
const usual =
  /^(Applications|Library|Application Support|Extensions|StagedExtensions|KernelExtensionManagement|Staging|db|PrivilegedHelperTools|LaunchDaemons|LaunchAgents|SystemExtensions|Filesystems|Utilities|Desktop|Documents|Downloads|Developer|KDKs|Xcode|DerivedData|Products|Users|Shared|Volumes|Contents|MacOS|Resources|Frameworks|Helpers|XPCServices|PlugIns|LoginItems|Versions|Current|private|tmp|var|folders|opt|usr|local|bin|sbin|lib|libexec|homebrew|home|build|Debug|Release|src|kext-dev|Info\.plist|Makefile|[A-Z]|\d+(\.\d+)*|\.{1,2}|~|.{0,2})$/;

/** What a component ends in and keeps. */
const ending =
  /(\.(app|kext|dext|bundle|framework|xpc|appex|plugin|plist|dSYM|cpp|hpp|c|h|m|mm|o|d|s|dylib|a|so|sh|py))*$/i;

/** Rewrites the parts of a path that name what neither every Mac nor the project has; `/System` and its kin stay. */
export function rewritePath(path: string, vendors: OtherVendors, visit: Visit): string {
  if (ofApple.test(path)) return path;
  const components = path.split('/');
  // What lies in a folder of the project is the project's own.
  const ofProject = components.findIndex(component => vendors.isOwnFolder(withoutEnding(component)));
  return components
    .map((component, at) =>
      ofProject >= 0 && at > ofProject ? component : rewriteComponent(component, components[at - 1], vendors, visit),
    )
    .join('/');
}

function withoutEnding(component: string): string {
  return component.slice(0, component.length - (ending.exec(component)?.[0].length ?? 0));
}

/** What an install leaves under a hidden name: `.Turbine.kext.kext-dev-new-0a1b2c3d`. */
const leftover = /^\.(.+\.kext)(\.kext-dev-(?:new|gone|old))(?:-([0-9a-f]+))?$/;

function rewriteComponent(component: string, folder: string | undefined, vendors: OtherVendors, visit: Visit): string {
  const [, bundle, made = '', client] = leftover.exec(component) ?? [];
  if (bundle !== undefined) {
    const whose = client === undefined ? '' : `-${visit(client, 'path', { hex: true })}`;
    return `.${rewriteComponent(bundle, folder, vendors, visit)}${made}${whose}`;
  }
  const name = withoutEnding(component);
  const end = component.slice(name.length);
  // Users and volumes are found by their places.
  if (folder === 'Users' || folder === 'home' || folder === 'Volumes') return component;
  if (usual.test(component) || isToolWord(name) || vendors.isOwnWord(name) || /^com\.apple(\.|$)/.test(name))
    return component;
  // `DerivedData/Turbine-abcdefgh`
  const [, built = '', which = ''] = (folder === 'DerivedData' && /^(.+)-([a-z]+)$/.exec(name)) || [];
  if (vendors.isOwnWord(built)) return `${built}-${visit(which, 'path', { reach: 'word' })}${end}`;
  // An identifier is found wherever it stands, and is the same everywhere.
  if (vendors.identifiersIn(name).length > 0) return component;
  // A folder may be called by any word, which elsewhere means something else.
  return visit(name, 'path', { reach: /^[a-z]+$/.test(name) ? 'place' : 'word' }) + end;
}

const component = String.raw`\\?\/(?:[\w.+@~%-]{1,200}(?: [A-Z0-9][\w.+@~-]{0,60}){1,3}(?=\\?\/\w)|[\w.+@~%-]*[\w+@~-])`;
/** The folder of a user may be called as a person is. */
const home = String.raw`\\?\/Users\\?\/[\p{L}\w.-]{1,60}(?:\\? [\p{L}\w.-]{1,60}){1,3}(?=\\?\/)`;
const pathInText = new RegExp(
  String.raw`(?:(?<![\w./<\\-])|(?<=\bfile:\\?\/\\?\/))(?:${home}(?:${component}){1,40}|(?:${component}){2,40})`,
  'gu',
);

/**
 * Rewrites every absolute path in a text; slashes may be escaped as JSON has them. A name with blanks is known by the slash behind it, and
 * by the capital letter or the digit of each of its words.
 */
export function rewritePaths(text: string, vendors: OtherVendors, visit: Visit): string {
  return text.replace(pathInText, found => {
    const plain = found.replaceAll('\\/', '/');
    const written = rewritePath(plain, vendors, visit);
    return plain === found ? written : written.replaceAll('/', '\\/');
  });
}
