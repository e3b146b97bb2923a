import { codeOfSymbol, codeOfText } from './returnCode.ts';

/** A text that is nothing but a code: of the kernel, or an exit status, perhaps of a certain tool. */
export type CodeQuery =
  | { readonly kind: 'return'; readonly code: number }
  | { readonly kind: 'status'; readonly status: number; readonly tool: string | undefined };

// Longer ones are messages.
const longest = 120;
const tools = 'kextunload|kextload|kextutil|kextstat|kextlibs|ioclasscount|kmutil';
const status = new RegExp(
  String.raw`^(?:(?:Error Domain=)?(${tools}|KMErrorDomain)\b[:,]? ?)?((?:exit|exited|exits|status|code|error|rc|returned|with|encountered|\$\?)[ :=]*){0,4}\(?(\d{1,3})\)?$`,
  'i',
);
/** The same in a sentence: `kextunload failed with exit status 3`, `exit status 3 from kextunload`. */
const ofToolInSentence = [
  new RegExp(
    String.raw`\b(?<tool>${tools})\b[^:\n]{1,60}\b(?:exit|exited|status|code|error|returned|with)[ :=]{1,3}\(?(?<status>\d{1,3})\)?$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?:exit|exited|status|code|error|returned|with|[ :=])+\(?(?<status>\d{1,3})\)? (?:from|of|by|in) (?<tool>${tools})$`,
    'i',
  ),
];
const named = /^(?:(?:error|code|result|status|return|returned|kern_return_t|kern_return|ret|err|rc)[ :=]+)*(\S.*)$/i;

/** Reads 0xdc008018, dc008018, -603946984, 3691020312, kOSKextReturnInUse, `(libkern/kext) not found`, `exit 27`, `Code=31`, 71, -67062. */
export function codeQuery(text: string): CodeQuery | undefined {
  const bare = text.trim().replaceAll(/^["'`([<]+(?=[-\w])|["'`\]>.,;:]+$/g, '');
  if (bare.length === 0 || bare.length > longest || bare.includes('\n')) return undefined;
  const ofTool = status.exec(bare);
  if (ofTool !== null) {
    const [, tool, words = '', number = ''] = ofTool;
    return { kind: 'status', status: Number(number), tool: toolOf(tool, words) };
  }
  for (const sentence of ofToolInSentence) {
    const { tool, status: number } = sentence.exec(bare)?.groups ?? {};
    if (number !== undefined) return { kind: 'status', status: Number(number), tool: tool?.toLowerCase() };
  }
  const code = returnCodeOf(named.exec(bare)?.[1] ?? bare) ?? codeOfText(text.trim());
  return code === undefined ? undefined : { kind: 'return', code };
}

/** `Code=31` is how kmutil writes it. */
function toolOf(tool: string | undefined, words: string): string | undefined {
  if (/^code=$/i.test(words) || /^kmerrordomain$/i.test(tool ?? '')) return 'kmutil';
  return tool?.toLowerCase();
}

function returnCodeOf(word: string): number | undefined {
  const bare = word.replace(/^\((?=[-\dk])/, '').replace(/(?<=\w)\)$/, '');
  if (/^0x[0-9a-f]{1,8}$/i.test(bare)) return Number(bare);
  // A number of eight digits or less is no code of the kernel; with letters it is one without its 0x.
  if (/^(?=.*[a-f])[0-9a-f]{8}$/i.test(bare)) return Number.parseInt(bare, 16);
  if (/^-?\d{9,10}$|^-67\d{3}$/.test(bare)) return Number(bare) >>> 0;
  // As 64 bits: a negative number, or one with zeros before it.
  if (/^0x(?:f{8}|0{1,8})[0-9a-f]{8}$/i.test(bare)) return Number.parseInt(bare.slice(-8), 16);
  return /^(?:k|errSecCS|CSSMERR_)\w+$/i.test(bare) ? codeOfSymbol(bare) : codeOfText(word);
}
