import type { Visit } from './privateValues.ts';
import { unescapedXml } from './xmlText.ts';

const media = /^(?:.*:)?(IOMedia|AppleAPFSVolume|AppleAPFSSnapshot|CoreStorageLogical|IOPartitionMedia)$/;

/** What volumes and media are called on every Mac, and by their makers. */
export const usualMedia =
  /^(Macintosh HD( - Data)?|Preboot|Recovery( HD)?|VM|Update|Data|xART|Hardware|iSCPreboot|EFI.*|Untitled.*|Container.*|disk image|.* Media)$/i;

/** Tells of the names of volumes: the objects of the registry that are one are called so. The text stays. */
export function rewriteMediaNames(text: string, visit: Visit): string {
  for (const name of [...namesInTree(text), ...namesInArchive(text)])
    if (!usualMedia.test(name) && /[\p{L}\d]/u.test(name)) visit(name, 'volume');
  return text;
}

function* namesInTree(text: string): Generator<string> {
  for (const [, name = '', chain = ''] of text.matchAll(/^[| ]*\+-o (.*?)(?:@[^@\s]*)? {2}<class ([^,>\s]+)/gm))
    if (media.test(chain)) yield name;
}

/** An object's name stands behind its children, so the dictionaries that are open are kept in mind. */
function* namesInArchive(text: string): Generator<string> {
  const open: { name?: string; chain?: string }[] = [];
  const tags = /<dict>|<\/dict>|<key>(IOObjectClass|IORegistryEntryName)<\/key>\s*<string>([^<]*)/g;
  for (const [tag, key, value = ''] of text.matchAll(tags)) {
    if (tag === '<dict>') open.push({});
    else if (tag === '</dict>') {
      const { name, chain = '' } = open.pop() ?? {};
      if (name !== undefined && media.test(chain)) yield unescapedXml(name);
    } else Object.assign(open.at(-1) ?? {}, key === 'IOObjectClass' ? { chain: value } : { name: value });
  }
}
