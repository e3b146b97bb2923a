import { relative } from 'node:path';
import {
  filledPropertyList,
  type PlistMaking,
  withGeneratedKeys,
  withoutDirectives,
} from '../../bundle/filledPropertyList.ts';
import { keyPosition, readInfoPlist } from '../../bundle/infoPlist.ts';
import { madeOfTemplate, withoutPlaceholderLines, withReferences } from '../../bundle/placeholders.ts';
import type { PropertyList } from '../../bundle/propertyList.ts';
import { isApple } from '../../model/kext.ts';
import type { FoundKext, ProjectProblem } from './kextProject.ts';

/** How the Info.plist of a source is read. */
export interface SourcePlist {
  readonly file: string;
  readonly text: string;
  /** Absolute: what messages are relative to. */
  readonly root: string;
  /** Something would build it: it is a kext's where it cannot be read. */
  readonly isBuilt?: boolean;
  /** Where Xcode fills it in. */
  readonly making?: SourceMaking | undefined;
}

/** How Xcode makes the product's Info.plist. */
export interface SourceMaking extends PlistMaking {
  /** GENERATE_INFOPLIST_FILE: with keys of Xcode's own. */
  readonly generated: boolean;
  /** The target compiles something: without code a kext has no executable. */
  readonly hasCode: boolean;
}

/** What a source's Info.plist says of its kext, what is wrong with it, or undefined where it is of something that is no kext. */
export async function readSourcePlist(
  plist: SourcePlist,
): Promise<Pick<FoundKext, 'infoPlist' | 'identifierPosition'> | ProjectProblem | undefined> {
  const { file, text, root, making } = plist;
  // Its XML parser takes a while to load: a window on a kext opens sooner without it.
  const { parsePropertyList } = await import('../../bundle/propertyList.ts');
  const parsed = parsePropertyList(readable(plist), file);
  const name = relative(root, file);
  if ('problem' in parsed)
    return plist.isBuilt || isOfKext(text, making)
      ? { problem: `${name} ${parsed.problem}`, position: parsed.position }
      : undefined;
  const isTemplate = madeOfTemplate(file) !== undefined;
  const referring = making === undefined || isTemplate ? withReferences(parsed) : parsed;
  const list = making === undefined ? referring : filled(referring, making);
  const infoPlist = readInfoPlist(list, { codeExpected: making?.hasCode ?? true, keysAdded: isTemplate });
  if (!isKext(infoPlist.packageType, text, making)) return undefined;
  const [mistake] = infoPlist.problems;
  if (mistake !== undefined) return { problem: `${name}: ${mistake.message}`, position: mistake.position };
  const identifierPosition = keyPosition(list, ['CFBundleIdentifier']);
  const { bundleIdentifier = '' } = infoPlist;
  if (isApple(bundleIdentifier)) {
    const problem = `${name}: ${bundleIdentifier} is Apple's name for a kext; Kext Dev touches no kext of Apple's.`;
    return identifierPosition === undefined ? { problem } : { problem, position: identifierPosition };
  }
  return { infoPlist, identifierPosition };
}

/** What is no property list before the build has been over it is left out. */
function readable({ file, text, making }: SourcePlist): string {
  const plain = making?.macros === undefined ? text : withoutDirectives(text);
  return making === undefined || madeOfTemplate(file) !== undefined ? withoutPlaceholderLines(plain) : plain;
}

function filled(list: PropertyList, making: SourceMaking): PropertyList {
  return filledPropertyList(making.generated ? withGeneratedKeys(list) : list, making);
}

/** What Xcode makes of the list of a kext target is a kext's, whatever it says. */
function isKext(packageType: string | undefined, text: string, making: SourcePlist['making']): boolean {
  if (making !== undefined) return true;
  return packageType === undefined ? isOfKext(text, making) : packageType === 'KEXT' || isVariable(packageType);
}

/** Whether a list without a package type, or one that cannot be read, is a kext's all the same. */
function isOfKext(text: string, making: SourcePlist['making']): boolean {
  return making !== undefined || /KEXT|OSBundle|IOKit/.test(text);
}

/** `$(PRODUCT_BUNDLE_PACKAGE_TYPE)`: the build says what it is. */
export function isVariable(value: string): boolean {
  return /^\$(?:\(.*\)|\{.*\})$/.test(value);
}
