import * as l10n from '@vscode/l10n';
import type { CommandId } from '../commands/commandIds.ts';
import { clock } from '../numbers.ts';
import { type KextView, ownLoaded } from '../session/kextView.ts';
import type { StatusText } from './statusText.ts';

/** What the status item says when a pointer or the keyboard rests on it. */
export interface StatusTooltip {
  /** One under the other: kext and target, the state, what the last operation came to. */
  readonly lines: readonly string[];
  readonly links: readonly { readonly title: string; readonly command: CommandId }[];
}

/** Which kext on which target, how it stands, and what can be done about it. */
export function statusTooltip(view: KextView, { tooltip, text }: StatusText): StatusTooltip {
  return {
    lines: [...subject(view), ...built(view), tooltip === '' ? text : tooltip, ...last(view)],
    links: view.own === undefined || !view.trusted ? [] : links(view),
  };
}

function subject({ own, target, snapshot }: KextView): readonly string[] {
  if (own === undefined) return [];
  if (target === undefined) return [own.bundleIdentifier];
  const system = snapshot === undefined ? '' : `, macOS ${snapshot.system.version}`;
  return [`${l10n.t('{0} on {1}', own.bundleIdentifier, target.called)}${system}`];
}

/** What xcodebuild is told. */
function built({ own }: KextView): readonly string[] {
  if (!own?.xcode?.builds) return [];
  const { scheme, target, configuration, architecture } = own.xcode;
  const what = scheme === undefined ? l10n.t('target {0}', target) : l10n.t('scheme {0}', scheme);
  const how = [what, configuration, ...(architecture === undefined ? [] : [architecture])];
  return [l10n.t('Built by Xcode: {0}', how.join(', '))];
}

function last({ last: ended }: KextView): readonly string[] {
  return ended === undefined ? [] : [l10n.t('Last, at {0}: {1}', clock(ended.at), ended.said)];
}

function links(view: KextView): StatusTooltip['links'] {
  const select = { title: l10n.t('Select Target'), command: 'kext.selectTarget' } as const;
  if (view.target === undefined) return [select];
  return [
    { title: l10n.t('Reload'), command: 'kext.reload' },
    ...(ownLoaded(view) === undefined ? [] : [{ title: l10n.t('Unload'), command: 'kext.unload' } as const]),
    { title: l10n.t('Show Reload Plan'), command: 'kext.showReloadPlan' },
    select,
    ...(view.own?.xcode?.builds ? [{ title: l10n.t('Select Build'), command: 'kext.selectBuild' } as const] : []),
    { title: l10n.t('Show Log'), command: 'kext.showLog' },
  ];
}
