import { mapStrings } from './mapStrings.ts';
import type { PropertyList } from './propertyList.ts';
import type { StringNode } from './propertyListNode.ts';
import type { SettingValues } from './settingValues.ts';

/** How Xcode makes a product's Info.plist out of the source's. */
export interface PlistMaking {
  readonly settings: SettingValues;
  /** INFOPLIST_PREPROCESS: the C preprocessor reads it first, with these macros of the build and its header among others. */
  readonly macros: ReadonlyMap<string, string> | undefined;
}

/**
 * The list with its values filled in from build settings, as Xcode does when it builds: only values, never keys. Each keeps its
 * place and what was written. One that refers to an unknown setting stays as it was written.
 */
export function filledPropertyList(list: PropertyList, making: PlistMaking): PropertyList {
  const { settings } = making;
  const identifier = ownIdentifier(list, settings);
  const own = new Map(identifier === undefined ? [] : [['CFBundleIdentifier', identifier]]);
  return { ...list, root: mapStrings(list.root, node => filledString(node, making, own)) };
}

function filledString(node: StringNode, { settings, macros }: PlistMaking, own: Map<string, string>): StringNode {
  if (!node.value.includes('$')) {
    if (macros === undefined || !/^[A-Za-z_]\w*$/.test(node.value)) return node;
    const value = macros.get(node.value);
    return value === undefined ? { ...node, unknown: true } : { ...node, value, written: node.value };
  }
  const { text, unknown } = settings.fill(node.value, own);
  const filled = { ...node, value: text, written: node.value };
  return unknown.length > 0 ? { ...filled, unknown: true } : filled;
}

function ownIdentifier({ root }: PropertyList, settings: SettingValues): string | undefined {
  const value = root.kind === 'dict' ? root.entries.get('CFBundleIdentifier')?.value : undefined;
  if (value?.kind !== 'string') return undefined;
  const { text, unknown } = settings.fill(value.value);
  return unknown.length === 0 ? text : undefined;
}

/** What Xcode puts into an Info.plist that it generates (GENERATE_INFOPLIST_FILE) where the source's does not say it. */
const generated: Readonly<Record<string, string>> = {
  CFBundleIdentifier: '$(PRODUCT_BUNDLE_IDENTIFIER)',
  CFBundleExecutable: '$(EXECUTABLE_NAME)',
  CFBundleName: '$(PRODUCT_NAME)',
  CFBundlePackageType: '$(PRODUCT_BUNDLE_PACKAGE_TYPE)',
  CFBundleShortVersionString: '$(MARKETING_VERSION)',
  CFBundleVersion: '$(CURRENT_PROJECT_VERSION)',
};

/** The list with the keys that Xcode generates; they stand at the place of the whole. */
export function withGeneratedKeys(list: PropertyList): PropertyList {
  const { root } = list;
  if (root.kind !== 'dict') return list;
  const { position } = root;
  const entries = new Map(root.entries);
  for (const [key, value] of Object.entries(generated))
    if (!entries.has(key)) entries.set(key, { key, keyPosition: position, value: { kind: 'string', value, position } });
  return { ...list, root: { ...root, entries } };
}

/** The macros without arguments that a text defines, and those of `NAME=value` words of build settings. */
export function plistMacros(header: string, definitions: readonly string[]): ReadonlyMap<string, string> {
  const defined = [...header.matchAll(/^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+(\S.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value.replace(/\/[/*].*$/, '').trim()] as const,
  );
  return new Map([...defined, ...definedBy(definitions)]);
}

/** `NAME=value` as name and value; of a name alone the value is 1, as the compiler has it. */
export function definedBy(definitions: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    definitions.map(word => {
      const at = word.indexOf('=');
      return at === -1 ? [word, '1'] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** The text without the lines that are the C preprocessor's; the others keep their numbers. */
export function withoutDirectives(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, '');
}
