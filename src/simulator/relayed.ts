import { readKernelLine } from '../tools/messages/kernelLines.ts';
import { kernelLinkTemplates } from '../tools/messages/kernelLinkTemplates.ts';
import { kernelLoadTemplates } from '../tools/messages/kernelLoadTemplates.ts';
import { kernelUnloadTemplates } from '../tools/messages/kernelUnloadTemplates.ts';

const aboutKexts: ReadonlySet<string> = new Set([
  ...Object.keys(kernelUnloadTemplates),
  ...Object.keys(kernelLoadTemplates),
  ...Object.keys(kernelLinkTemplates),
]);

/**
 * The lines of the kernel log that a kext tool prints: those that the kernel's kext code wrote for this request, not
 * what drivers and the I/O Kit log.
 */
export function relayed(log: readonly string[]): readonly string[] {
  return log
    .filter((text, at) => aboutKexts.has(readKernelLine({ line: at + 1, text })?.kind ?? ''))
    .map(text => `(kernel) ${text}`);
}
