/**
 * The findings of `Error occurred while building a collection:`, the error 31 of kmutil(8). Accepted:
 *       1: One or more binaries has an error which prevented linking.  See other errors.
 *       2: Could not use 'ID' because: Failed to bind '_a' in 'ID' (at …) as could not find a kext which exports this symbolFailed to bind …
 *   ID specific:
 *       1: Class vtables '__ZTV5Rotor' or '__ZTVN5Rotor9MetaClassE' is not exported from 'ID'
 *     Could not use 'ID' because: cannot be placed in kernel collection
 *     because: kexts must have a _kmod_info symbol
 * The messages of one kext may stand behind each other with nothing between them.
 */
import { collectionTemplates } from '../messages/collectionTemplates.ts';
import { lineReader, type Said } from '../text/lineTemplates.ts';
import { onOneLine } from '../text/onOneLine.ts';

/** One message. The kext that is named can be another vendor's: one bad kext stops everybody's collection. */
export type CollectionFinding = (
  | Said<typeof collectionTemplates>
  | { readonly kind: 'kextNotUsed' | 'otherFinding' }
) & {
  /** The bundle identifier of `Could not use '…' because: `, or of the section, or of the message itself. */
  readonly about: string | undefined;
  /** The message as it came, without its number. */
  readonly text: string;
};

const readMessage = lineReader(collectionTemplates);
const section = /^\s*(\S+) specific:\s*$/;
const notUsed = /^Could not use '([^']+)' because:\s*/;
// Where a message begins behind another one.
const beginning =
  /(?=Failed to bind |Could not use '|Weak bind symbol '|Malformed vtable\. |Superclass vtable '|Class vtables '|Cannot find symbol for metaclass |Found unpatched vtable: |unsupported kmod_info version of |in '[^'\n]*' missing __TEXT segment|One or more binaries has an error )/;

/** The findings in what stands behind `building a collection:`, in their order. */
export function collectionFindings(told: string): readonly CollectionFinding[] {
  const findings: CollectionFinding[] = [];
  let of: string | undefined;
  for (const item of itemsOf(told)) {
    const named = section.exec(item)?.[1];
    if (named === undefined) findings.push(...findingsIn(item, of));
    else of = named;
  }
  return findings;
}

/** A finding's lines: it goes on with `because: `, and without a number also in lines that are set in deeper. */
function itemsOf(told: string): readonly string[] {
  const items: string[] = [];
  for (const line of told.split('\n')) {
    if (line.trim() === '') continue;
    if (/^\s*because: /.test(line) && items.length > 0) items.push(`${items.pop()}\n${line}`);
    else items.push(line.replace(/^\s*\d+: /, ''));
  }
  return items;
}

function findingsIn(item: string, of: string | undefined): readonly CollectionFinding[] {
  let about = of;
  let wrapped = false;
  const findings: CollectionFinding[] = [];
  for (const piece of item.split(beginning)) {
    const [wrapper = '', id] = notUsed.exec(piece) ?? [];
    about = id ?? about;
    wrapped ||= id !== undefined;
    const message = piece.slice(wrapper.length).trim();
    if (message !== '') findings.push(findingFrom(message, wrapper, about, wrapped));
  }
  return findings;
}

function findingFrom(message: string, wrapper: string, named: string | undefined, wrapped: boolean): CollectionFinding {
  const fact = readMessage(onOneLine(message));
  const about = named ?? (fact !== undefined && 'kext' in fact ? fact.kext : undefined);
  const said = fact ?? { kind: wrapped ? ('kextNotUsed' as const) : ('otherFinding' as const) };
  return { ...said, about, text: `${wrapper}${message}` };
}
