import { isNoise } from './noise.ts';

/** True for noise, and for what ioreg says on standard error: `ioreg: error: can't obtain properties.` */
export function isIoregNotice(text: string): boolean {
  return isNoise(text) || /^ioreg: error: ./.test(text);
}
