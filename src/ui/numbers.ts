import * as l10n from '@vscode/l10n';

/** `1 instance`, `2 instances`, in the user's language. */
export function instances(number: number): string {
  return number === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', number);
}

/** `1 leaked instance`, `2 leaked instances` */
export function leakedInstances(number: number): string {
  return number === 1 ? l10n.t('1 leaked instance') : l10n.t('{0} leaked instances', number);
}

/** `1 held instance`, `2 held instances` */
export function heldInstances(number: number): string {
  return number === 1 ? l10n.t('1 held instance') : l10n.t('{0} held instances', number);
}

/** `1 kext`, `2 kexts` */
export function kexts(number: number): string {
  return number === 1 ? l10n.t('1 kext') : l10n.t('{0} kexts', number);
}

/** `1 file`, `2 files` */
export function files(number: number): string {
  return number === 1 ? l10n.t('1 file') : l10n.t('{0} files', number);
}

/** `+2`, `-1` */
export function signed(number: number): string {
  return number > 0 ? `+${number}` : `${number}`;
}

/** The local time of day, as `14:32:07`. */
export function clock(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(part => `${part}`.padStart(2, '0')).join(':');
}
