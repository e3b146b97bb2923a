import { explain } from './explain.ts';
import type { Explained } from './explained.ts';

/**
 * What somebody asks about. An input box and a shell join the lines of what is pasted into them: where nothing is known of the whole, its
 * messages are looked at one by one.
 */
export function explainAsked(text: string): readonly Explained[] {
  const found = explain(text);
  return found.length > 0 ? found : explain(text.replaceAll(joined, '\n'));
}

/** Before the prefix of the kernel's or a tool's message, before the item of a list, and behind a sentence. */
const joined = /(?<=\S)\s*(?=\((?:kernel|kextd)\)\s)|(?<=:)\s+(?=Kext )|(?<=\.)\s+(?=\S)/g;
