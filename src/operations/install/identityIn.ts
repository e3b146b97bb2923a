import { type InfoPlist, readInfoPlist } from '../../bundle/infoPlist.ts';

/** What the text of an Info.plist that was read on a target says of its bundle; undefined where it is no property list. */
export async function identityIn(text: string, path: string): Promise<InfoPlist | undefined> {
  // Its XML parser takes a while to load, and is not needed before there is a copy.
  const { parsePropertyList } = await import('../../bundle/propertyList.ts');
  const list = parsePropertyList(text, path);
  return 'problem' in list ? undefined : readInfoPlist(list, { codeExpected: false });
}
