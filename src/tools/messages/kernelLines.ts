/**
 * Lines of the kernel about kexts and services. The kext tools relay them after `(kernel) `; in the kernel log they stand
 * bare, or after what a log leaves before them, `kernel[0]: ` or `kernel: (Pump) `. Accepted: the templates of the
 * kernel…Templates.ts, and as notices the progress lines of `-v 6`, such as
 *   (kernel) Received 'Unload' request from user space.
 *   (kernel) Kext org.sample.driver.Pump calling module stop function.
 */

import { lineFilter } from '../text/lineFilter.ts';
import type { Line } from '../text/lines.ts';
import { lineReader, type Said } from '../text/lineTemplates.ts';
import { kernelAutounloadTemplates } from './kernelAutounloadTemplates.ts';
import { kernelLinkTemplates } from './kernelLinkTemplates.ts';
import { kernelLoadTemplates } from './kernelLoadTemplates.ts';
import { kernelProgressTemplates } from './kernelProgressTemplates.ts';
import { kernelServiceTemplates } from './kernelServiceTemplates.ts';
import { kernelUnloadTemplates } from './kernelUnloadTemplates.ts';

export type KernelFact =
  | Said<typeof kernelUnloadTemplates>
  | Said<typeof kernelServiceTemplates>
  | Said<typeof kernelLoadTemplates>
  | Said<typeof kernelLinkTemplates>
  | Said<typeof kernelAutounloadTemplates>;

/** A line of the kernel: what it says, where it stood and its text as it came. */
export type KernelLine = KernelFact & Line & { readonly by: 'kernel' };

const readUnload = lineReader(kernelUnloadTemplates);
const readService = lineReader(kernelServiceTemplates);
const readLoad = lineReader(kernelLoadTemplates);
const readLink = lineReader(kernelLinkTemplates);
const readAutounload = lineReader(kernelAutounloadTemplates);
const readProgress = lineReader(kernelProgressTemplates);

/** True where the text from there on may begin with a line that readKernelLine reads, blanks and prefix aside. */
export const mayBeKernelLine = lineFilter(kernelUnloadTemplates, kernelLoadTemplates, kernelServiceTemplates);

const prefix = /^\s*(?:\(kernel\) ?|kernel(?:\[\d+\])?(?: <\w+>)?: (?:\([^()]+\) )?)/;

/** True where a tool or a log marked the line as the kernel's. */
export function isRelayed(text: string): boolean {
  return prefix.test(text);
}

/** The line without such a mark before it. */
export function withoutKernelMark(text: string): string {
  return text.replace(prefix, '').trim();
}

/** What the line says, a mark before it or not; undefined where no template of the kernel fits. */
export function readKernelLine(line: Line): KernelLine | undefined {
  const bare = line.text.replace(prefix, '');
  const fact: KernelFact | undefined =
    readUnload(bare) ?? readLink(bare) ?? readLoad(bare) ?? readService(bare) ?? readAutounload(bare);
  return fact && { ...fact, ...line, by: 'kernel' };
}

/** True for the kernel's lines of progress, which say nothing about why something failed. */
export function isKernelProgress(text: string): boolean {
  return readProgress(text.replace(prefix, '')) !== undefined;
}
