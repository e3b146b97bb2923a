import * as l10n from '@vscode/l10n';
import { dependents, isApple, type Kext } from '../../model/kext.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { clock, instances, kexts } from '../numbers.ts';
import {
  type KextView,
  likelyBuilt,
  loadedBuild,
  notRunHere,
  type OtherKext,
  type OwnKext,
  ownLoaded,
  shortNameOf,
  shortUuid,
  stuckInstances,
  viewOf,
} from '../session/kextView.ts';
import { classRow, declaredClassRow } from './classRow.ts';
import { targetIcons } from './targetIcons.ts';
import type { TreeRow } from './treeRow.ts';

/** The tree: the target, the kexts of the window, other vendors' kexts, Apple's in one closed row. */
export function treeRows(view: KextView): readonly TreeRow[] {
  const { snapshot, target } = view;
  if (!view.trusted && view.own !== undefined) return [unreadRow(view.own)];
  if (target === undefined || snapshot === undefined) return [];
  const shown = view.own === undefined ? [] : [ownRow(view, view.own, snapshot, 'own')];
  const own = new Set([view.own, ...view.others.map(other => other.own)].map(kext => kext?.bundleIdentifier));
  const others = snapshot.kexts.filter(kext => !own.has(kext.bundleIdentifier));
  const apple = others.filter(kext => isApple(kext.bundleIdentifier));
  const vendors = others.filter(kext => !isApple(kext.bundleIdentifier));
  return [
    targetRow(target, snapshot, view.past),
    ...shown,
    ...othersInOrder(view).map(other => ownRow(viewOf(view, other), other.own, snapshot, 'beside')),
    ...vendors.map(kext => vendorRow(kext, snapshot)),
    ...(apple.length === 0 ? [] : [appleRow(apple, snapshot)]),
  ];
}

/** What is loaded first. */
function othersInOrder(view: KextView): readonly OtherKext[] {
  const rank = (other: OtherKext) => (ownLoaded(viewOf(view, other)) === undefined ? 1 : 0);
  const name = ({ own }: OtherKext) => own.bundleIdentifier;
  return [...view.others].sort((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
}

/** Of a workspace that is not trusted: what its files say. */
function unreadRow(own: OwnKext): TreeRow {
  return {
    id: `kext:${own.bundleIdentifier}:unread`,
    label: own.shortName,
    description: [l10n.t('not trusted'), own.version, own.bundleIdentifier].join(' · '),
    tooltip: own.bundleIdentifier,
    spoken: l10n.t('{0}, your kext, version {1}, not trusted', own.bundleIdentifier, own.version),
    icon: 'circuit-board',
    expanded: true,
    children: own.classes.map(declaredClassRow),
  };
}

function targetRow(target: NonNullable<KextView['target']>, snapshot: Snapshot, past: boolean): TreeRow {
  const seen = (version: string) => (past ? l10n.t('seen at {0} · {1}', clock(snapshot.takenAt), version) : version);
  const { version, build, architecture } = snapshot.system;
  const machine = architecture === undefined ? [] : [architecture];
  const system = seen(`macOS ${version}`);
  return {
    id: 'target',
    label: target.name,
    // A Simulated Mac of a later system has it in its name.
    description: target.simulated && target.name.includes('macOS') ? seen(version) : system,
    tooltip: [`${target.name}, ${system}${build === undefined ? '' : ` (${build})`}`, ...machine].join(', '),
    spoken: l10n.t('Target: {0}, {1}', target.name, system),
    icon: targetIcons[target.simulated ? 'simulated' : snapshot.target === 'local' ? 'thisMac' : 'ssh'],
    context: target.simulated ? 'target.simulated' : 'target',
  };
}

/** `which`: the one that is shown, or another one of the window. */
function ownRow(view: KextView, own: OwnKext, snapshot: Snapshot, which: 'own' | 'beside'): TreeRow {
  const loaded = ownLoaded(view);
  const state = ownState(view, loaded);
  const stuck = stuckInstances(view);
  return {
    // Another id when it is loaded: VS Code would keep a row that had no children closed.
    id: `kext:${own.bundleIdentifier}${loaded === undefined ? '' : ':loaded'}`,
    ...ownName(own, snapshot, `${state} · ${loaded?.version ?? own.version}`),
    kext: own.bundleIdentifier,
    ownKey: own.key,
    tooltip: [state, ...(loaded === undefined ? [own.bundleIdentifier] : [kextTooltip(loaded)])].join('\n'),
    spoken: l10n.t('{0}, your kext, version {1}, {2}', own.bundleIdentifier, loaded?.version ?? own.version, state),
    icon: stuck.leaked > 0 ? 'error' : stuck.held + stuck.perhaps > 0 ? 'warning' : 'circuit-board',
    ...(stuck.leaked > 0
      ? { colour: 'error' as const }
      : stuck.held + stuck.perhaps > 0
        ? { colour: 'warning' as const }
        : {}),
    context: loaded === undefined ? `kext.${which}` : `kext.${which}.loaded`,
    expanded: which === 'own',
    children: loaded === undefined ? [] : ownChildren({ view, own, loaded, snapshot }),
  };
}

/**
 * The last part of the identifier, as the status item has it, so that the state is read in a narrow side bar; the whole
 * comes after what is said of it. Where another kext ends alike, the whole comes first.
 */
function ownName(own: OwnKext, { kexts }: Snapshot, said: string): Pick<TreeRow, 'label' | 'description'> {
  const { bundleIdentifier, shortName } = own;
  const endsAlike = (other: Kext) =>
    other.bundleIdentifier !== bundleIdentifier && shortNameOf(other.bundleIdentifier) === shortName;
  return shortName === bundleIdentifier || kexts.some(endsAlike)
    ? { label: bundleIdentifier, description: said }
    : { label: shortName, description: `${said} · ${bundleIdentifier}` };
}

function ownState(view: KextView, loaded: Kext | undefined): string {
  if (loaded === undefined) return [...unbuilt(view), ...awaited(view), l10n.t('not loaded')].join(' · ');
  if (view.refused) {
    const { leaked, held, perhaps } = stuckInstances(view);
    const stuck = leaked + held + perhaps;
    const next = view.waiting === 'restart' ? l10n.t('waiting for a restart') : l10n.t('restart needed');
    return [l10n.t('refused to unload'), ...(stuck === 0 ? [] : [instances(stuck)]), next].join(' · ');
  }
  return [...unbuilt(view), ...awaited(view), runs(view, loaded)].join(' · ');
}

function runs(view: KextView, loaded: Kext): string {
  if (notRunHere(view)) return l10n.t('loaded, not run here');
  return likelyBuilt(view, loaded) ? l10n.t('likely running') : l10n.t('loaded');
}

function unbuilt({ diagnoses }: KextView): readonly string[] {
  const fails = diagnoses.some(({ cause, severity }) => cause === 'buildError' && severity === 'error');
  return fails ? [l10n.t('does not build')] : [];
}

function awaited({ waiting }: KextView): readonly string[] {
  if (waiting === undefined) return [];
  return [
    {
      approval: l10n.t('waiting for approval'),
      restart: l10n.t('waiting for a restart'),
      finish: l10n.t('reload can be finished'),
    }[waiting],
  ];
}

interface ShownKext {
  readonly view: KextView;
  readonly own: OwnKext;
  readonly loaded: Kext;
  readonly snapshot: Snapshot;
}

function ownChildren({ view, own, loaded, snapshot }: ShownKext): readonly TreeRow[] {
  return [
    ...own.classes.map(name => classRow(name, view, snapshot)),
    ...linkRows(loaded, snapshot),
    binaryRow(view, own, loaded),
  ];
}

function binaryRow(view: KextView, own: OwnKext, loaded: Kext): TreeRow {
  const id = `binary:${own.bundleIdentifier}`;
  const row = { id, label: l10n.t('Binary'), icon: 'file-binary', context: 'binary' };
  if (loaded.uuid === undefined && likelyBuilt(view, loaded)) {
    const spoken = l10n.t('Binary: the target reports no UUID, and all else that it reports is as it was built');
    return { ...row, description: l10n.t('likely the build, no UUID reported'), spoken };
  }
  if (loaded.uuid === undefined) {
    return { ...row, description: l10n.t('no UUID reported'), spoken: l10n.t('Binary: the target reports no UUID') };
  }
  const loadedUuid = shortUuid(loaded.uuid);
  const built = own.builtUuid === undefined ? l10n.t('built nothing yet') : l10n.t('built {0}', own.builtUuid);
  const tooltip = `${l10n.t('loaded {0}', loaded.uuid)}\n${built}`;
  if (own.builtUuid === undefined)
    return { ...row, description: loadedUuid, tooltip, spoken: l10n.t('Binary: {0}', loaded.uuid) };
  if (loadedBuild(own, loaded) === 'built') {
    const spoken = l10n.t('Binary: {0}, this is the one that was built', loaded.uuid);
    return { ...row, description: l10n.t('{0}, the build', loadedUuid), tooltip, spoken };
  }
  return {
    ...row,
    description: l10n.t('loaded {0}, built {1}', loadedUuid, shortUuid(own.builtUuid)),
    tooltip,
    spoken: l10n.t('Binary: the loaded {0} is not the built {1}', loaded.uuid, own.builtUuid),
    icon: 'warning',
    colour: 'warning',
  };
}

function linkRows(kext: Kext, snapshot: Snapshot): readonly TreeRow[] {
  const linked = (kext.linkedAgainst ?? []).flatMap(index => snapshot.kexts.filter(other => other.index === index));
  const needing = dependents(kext, snapshot.kexts);
  return [
    group(`linked:${kext.bundleIdentifier}`, l10n.t('Linked against'), kexts(linked.length), linked),
    group(`needed:${kext.bundleIdentifier}`, l10n.t('Needed by'), kexts(needing.length), needing),
  ];
}

function group(id: string, label: string, description: string, kexts: readonly Kext[]): TreeRow {
  return {
    id,
    label,
    description,
    spoken: `${label}: ${description}`,
    icon: 'references',
    children: kexts.map(kext => ({
      id: `${id}/${kext.bundleIdentifier}`,
      label: kext.bundleIdentifier,
      description: kext.version,
      spoken: l10n.t('{0}, version {1}', kext.bundleIdentifier, kext.version),
      icon: 'package',
    })),
  };
}

/**
 * No list of kexts has the classes of one: they are known of one's own, from its binary and its source. ioreg finds objects that
 * have a CFBundleIdentifier, not those with a certain one, and tells all properties of each: of most of the registry.
 */
function vendorRow(kext: Kext, snapshot: Snapshot): TreeRow {
  const unlisted = l10n.t('not listed by this target');
  const classes = {
    id: `classes:${kext.bundleIdentifier}`,
    label: l10n.t('Classes'),
    description: unlisted,
    spoken: l10n.t('Classes: {0}', unlisted),
    icon: 'symbol-class',
  };
  return { ...kextRow(kext, snapshot), kext: kext.bundleIdentifier, children: [classes, ...linkRows(kext, snapshot)] };
}

function kextRow(kext: Kext, snapshot: Snapshot): TreeRow {
  const needing = dependents(kext, snapshot.kexts).length;
  const state = needing === 0 ? '' : l10n.t('needed by {0}', needing);
  return {
    id: `kext:${kext.bundleIdentifier}`,
    label: kext.bundleIdentifier,
    description: `${kext.version}${state === '' ? '' : `  ${state}`}`,
    tooltip: kextTooltip(kext),
    spoken: [l10n.t('{0}, version {1}', kext.bundleIdentifier, kext.version), ...(state === '' ? [] : [state])].join(
      ', ',
    ),
    icon: 'package',
    context: isApple(kext.bundleIdentifier) ? 'kext.apple' : 'kext.other',
  };
}

function appleRow(apple: readonly Kext[], snapshot: Snapshot): TreeRow {
  return {
    id: 'apple',
    label: l10n.t('Apple ({0})', apple.length),
    context: 'folder',
    spoken: l10n.t("Apple's kexts: {0}", apple.length),
    icon: 'folder',
    children: apple.map(kext => kextRow(kext, snapshot)),
  };
}

function kextTooltip(kext: Kext): string {
  const bytes = (value: bigint | undefined) => (value === undefined ? l10n.t('not reported') : `${value / 1024n} KiB`);
  return [
    `${kext.bundleIdentifier} ${kext.version}`,
    l10n.t('UUID {0}', kext.uuid ?? l10n.t('not reported')),
    l10n.t('address {0}', kext.address === undefined ? l10n.t('not reported') : `0x${kext.address.toString(16)}`),
    l10n.t('size {0}, wired {1}', bytes(kext.size), bytes(kext.wired)),
    l10n.t('references {0}', kext.references ?? l10n.t('not reported')),
    l10n.t('path not reported'),
  ].join('\n');
}
