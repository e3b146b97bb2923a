import type { Anchor } from './catalogueRow.ts';
import type { MessageFields } from './messageForm.ts';

/** What is said where a message names nothing: of a row that a code led to. */
const unnamed: Readonly<Record<string, string>> = {
  kext: 'the kext',
  what: 'the kext',
  class: 'the class',
  superclass: 'the superclass',
  library: 'the library',
  dependency: 'the dependency',
  owner: 'another kext',
  process: 'the process',
  service: 'the service',
  provider: 'the provider',
  symbol: 'the symbol',
  property: 'the property',
  method: 'the method',
  routine: 'start or stop',
  path: 'the path',
  version: 'the version',
};

/** A cause or a remedy with the message's own names in it. `{kext|of that name}` says what stands there without one. */
export function filledText(text: string, fields: MessageFields): string {
  return text.replaceAll(/\{(\w+)(?:\|([^}]*))?\}/g, (_, name: string, otherwise: string | undefined, at: number) => {
    const word = fields[name] ?? otherwise ?? unnamed[name] ?? name;
    const starts = fields[name] === undefined && (at === 0 || text.slice(at - 2, at) === '. ');
    return starts ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  });
}

/** `OSBundleLibraries in the Info.plist`, `the class Pump`, `the module's stop function`, … */
export function anchorText(anchor: Anchor, fields: MessageFields): string {
  switch (anchor.kind) {
    case 'infoPlist':
      return `${keyPath(anchor.key, fields)} in the Info.plist`;
    case 'class': {
      const name = fields[anchor.field];
      const named = name === undefined ? 'the class' : `the class ${name}`;
      return anchor.member === undefined ? named : `${anchor.member} of ${named}`;
    }
    case 'moduleFunction':
      return `the module's ${anchor.function} function`;
    case 'file':
      return `${filledText(anchor.path, fields).replace(/^The /, 'the ')} in the bundle`;
    case 'bundle':
      return 'the bundle as a whole';
    case 'environment':
      return 'none of your files';
  }
}

/** A field that the message does not have is left out with its dot. */
function keyPath(key: string, fields: MessageFields): string {
  const path = key.replaceAll(/\.?\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name];
    return value === undefined ? '' : whole.startsWith('.') ? `.${value}` : value;
  });
  return path === '' ? 'the property' : path;
}
