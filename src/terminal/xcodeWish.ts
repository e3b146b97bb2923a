import type { XcodeWish } from '../operations/project/findKextProject.ts';
import { XcodeQuestions } from '../operations/xcode/xcodeQuestions.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { Options } from './options.ts';

/** How Xcode is to build the project, as the options say, and how it is asked; without a `host` it is not. */
export function xcodeWish(
  { scheme, configuration, arch }: Pick<Options, 'scheme' | 'configuration' | 'arch'>,
  host?: Runner,
): XcodeWish {
  const choice = { scheme, configuration, architecture: arch };
  return host === undefined ? { choice } : { choice, xcode: new XcodeQuestions(host) };
}
