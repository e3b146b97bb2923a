import { codeOfSymbol, codeOfText } from './returnCode.ts';

/** A text that is nothing but a code: of the kernel, or an exit status, perhaps of a certain tool. */
export type CodeQuery =
  | { readonly kind: 'return'; readonly code: number }
  | { readonly kind: 'status'; readonly status: number; readonly tool: string | undefined };

// Longer ones are messages.
const longest = 120;
const status =
  /^(?:(?:Error Domain=)?(kextunload|kextload|kextutil|kextstat|kextlibs|ioclasscount|kmutil|KMErrorDomain)\b[:,]? ?)?((?:exit|exited|exits|status|code|error|rc|returned|with|encountered|\$\?)[ :=]*){0,4}\(?(\d{1,3})\)?$/i;
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
  // A negative number as 64 bits.
  if (/^0xffffffff[0-9a-f]{8}$/i.test(bare)) return Number.parseInt(bare.slice(-8), 16);
  return /^(?:k|errSecCS|CSSMERR_)\w+$/i.test(bare) ? codeOfSymbol(bare) : codeOfText(word);
}
