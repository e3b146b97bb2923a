import * as l10n from '@vscode/l10n';
/** What every face of an untrusted window says. */
export function untrustedText(): string {
  return l10n.t('Nothing of this workspace is built, loaded or run before you trust it.');
}

/** Why the tree is empty: each has its own words in the manifest's welcome views, or a message and rows that lead out. */
export type EmptyReason =
  | 'noFolder'
  | 'virtual'
  | 'noProject'
  | 'severalKexts'
  | 'problem'
  | 'untrusted'
  | 'noTarget'
  | 'wrongTarget'
  | 'wrongSetting'
  | 'unreachable'
  | 'ready';

/** The project or its settings have a mistake. */
export function isMistake(reason: EmptyReason): boolean {
  return reason === 'problem' || reason === 'wrongTarget' || reason === 'wrongSetting';
}
