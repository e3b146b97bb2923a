import { count } from '../diagnosis/count.ts';
import { dependents, isApple, type Kext } from '../model/kext.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { classRow, declaredClassRow } from './classRow.ts';
import { type KextView, loadedBuild, type OwnKext, ownLoaded, shortUuid, stuckInstances } from './kextView.ts';
import type { TreeRow } from './treeRow.ts';

/** The tree: the target, the developer's own kext, other vendors' kexts, Apple's in one closed row. */
export function treeRows(view: KextView): readonly TreeRow[] {
  const { snapshot, target } = view;
  if (!view.trusted && view.own !== undefined) return [unreadRow(view.own)];
  if (target === undefined || snapshot === undefined) return [];
  const others = snapshot.kexts.filter(kext => kext.bundleIdentifier !== view.own?.bundleIdentifier);
  const apple = others.filter(kext => isApple(kext.bundleIdentifier));
  const vendors = others.filter(kext => !isApple(kext.bundleIdentifier));
  return [
    targetRow(target, snapshot),
    ...(view.own === undefined ? [] : [ownRow(view, view.own, snapshot)]),
    ...vendors.map(kext => kextRow(kext, snapshot)),
    ...(apple.length === 0 ? [] : [appleRow(apple, snapshot)]),
  ];
}

/** Of a workspace that is not trusted: what its files say. */
function unreadRow(own: OwnKext): TreeRow {
  return {
    id: `kext:${own.bundleIdentifier}:unread`,
    label: own.bundleIdentifier,
    description: `not trusted · ${own.version}`,
    spoken: `${own.bundleIdentifier}, your kext, version ${own.version}, not trusted`,
    icon: 'circuit-board',
    expanded: true,
    children: own.classes.map(declaredClassRow),
  };
}

function targetRow(target: NonNullable<KextView['target']>, snapshot: Snapshot): TreeRow {
  const system = `macOS ${snapshot.system.version}`;
  return {
    id: 'target',
    label: target.name,
    description: system,
    tooltip: `${target.name}, ${system}${snapshot.system.build === undefined ? '' : ` (${snapshot.system.build})`}`,
    spoken: `Target: ${target.name}, ${system}`,
    icon: target.simulated ? 'vm' : 'device-desktop',
    context: target.simulated ? 'target.simulated' : 'target',
  };
}

function ownRow(view: KextView, own: OwnKext, snapshot: Snapshot): TreeRow {
  const loaded = ownLoaded(view);
  const state = ownState(view, loaded);
  const stuck = stuckInstances(view);
  return {
    // Another id when it is loaded: VS Code would keep a row that had no children closed.
    id: `kext:${own.bundleIdentifier}${loaded === undefined ? '' : ':loaded'}`,
    label: own.bundleIdentifier,
    description: `${state} · ${loaded?.version ?? own.version}`,
    tooltip: [state, ...(loaded === undefined ? [own.bundleIdentifier] : [kextTooltip(loaded)])].join('\n'),
    spoken: `${own.bundleIdentifier}, your kext, version ${loaded?.version ?? own.version}, ${state}`,
    icon: 'circuit-board',
    ...(stuck.leaked > 0
      ? { colour: 'error' as const }
      : stuck.held + stuck.perhaps > 0
        ? { colour: 'warning' as const }
        : {}),
    context: loaded === undefined ? 'kext.own' : 'kext.own.loaded',
    expanded: true,
    children: loaded === undefined ? [] : ownChildren(view, own, loaded, snapshot),
  };
}

function ownState(view: KextView, loaded: Kext | undefined): string {
  if (loaded === undefined) return ['not loaded', ...awaited(view)].join(' · ');
  if (view.refused) {
    const { leaked, held, perhaps } = stuckInstances(view);
    const stuck = leaked + held + perhaps;
    const next = view.waiting === 'restart' ? 'waiting for a restart' : 'restart needed';
    return ['refused to unload', ...(stuck === 0 ? [] : [count(stuck, 'instance')]), next].join(' · ');
  }
  const run = view.diagnoses.some(({ cause }) => cause === 'notRunHere') ? 'loaded, not run here' : 'loaded';
  return [run, ...awaited(view)].join(' · ');
}

function awaited({ waiting }: KextView): readonly string[] {
  if (waiting === undefined) return [];
  return [
    { approval: 'waiting for approval', restart: 'waiting for a restart', finish: 'reload can be finished' }[waiting],
  ];
}

function ownChildren(view: KextView, own: OwnKext, loaded: Kext, snapshot: Snapshot): readonly TreeRow[] {
  return [
    ...own.classes.map(name => classRow(name, view, snapshot)),
    ...linkRows(loaded, snapshot),
    binaryRow(own, loaded),
  ];
}

function binaryRow(own: OwnKext, loaded: Kext): TreeRow {
  const id = `binary:${own.bundleIdentifier}`;
  const row = { id, label: 'Binary', icon: 'file-binary', context: 'binary' };
  if (loaded.uuid === undefined) {
    return { ...row, description: 'no UUID reported', spoken: 'Binary: the target reports no UUID' };
  }
  const loadedUuid = shortUuid(loaded.uuid);
  const tooltip = `loaded ${loaded.uuid}\nbuilt ${own.builtUuid ?? 'nothing yet'}`;
  if (own.builtUuid === undefined)
    return { ...row, description: loadedUuid, tooltip, spoken: `Binary: ${loaded.uuid}` };
  if (loadedBuild(own, loaded) === 'built') {
    const spoken = `Binary: ${loaded.uuid}, this is the one that was built`;
    return { ...row, description: `${loadedUuid}, the build`, tooltip, spoken };
  }
  return {
    ...row,
    description: `loaded ${loadedUuid} is not the built ${shortUuid(own.builtUuid)}`,
    tooltip,
    spoken: `Binary: the loaded ${loaded.uuid} is not the built ${own.builtUuid}`,
    colour: 'warning',
  };
}

function linkRows(kext: Kext, snapshot: Snapshot): readonly TreeRow[] {
  const linked = (kext.linkedAgainst ?? []).flatMap(index => snapshot.kexts.filter(other => other.index === index));
  const needing = dependents(kext, snapshot.kexts);
  return [
    group(`linked:${kext.bundleIdentifier}`, 'Linked against', count(linked.length, 'kext'), linked),
    group(`needed:${kext.bundleIdentifier}`, 'Needed by', count(needing.length, 'kext'), needing),
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
      spoken: `${kext.bundleIdentifier}, version ${kext.version}`,
      icon: 'package',
    })),
  };
}

function kextRow(kext: Kext, snapshot: Snapshot): TreeRow {
  const needing = dependents(kext, snapshot.kexts).length;
  const state = needing === 0 ? '' : `needed by ${needing}`;
  return {
    id: `kext:${kext.bundleIdentifier}`,
    label: kext.bundleIdentifier,
    description: `${kext.version}${state === '' ? '' : `  ${state}`}`,
    tooltip: kextTooltip(kext),
    spoken: `${kext.bundleIdentifier}, version ${kext.version}${state === '' ? '' : `, ${state}`}`,
    icon: 'package',
    context: isApple(kext.bundleIdentifier) ? 'kext.apple' : 'kext.other',
  };
}

function appleRow(apple: readonly Kext[], snapshot: Snapshot): TreeRow {
  return {
    id: 'apple',
    label: `Apple (${apple.length})`,
    context: 'folder',
    spoken: `Apple's kexts: ${apple.length}`,
    icon: 'folder',
    children: apple.map(kext => kextRow(kext, snapshot)),
  };
}

function kextTooltip(kext: Kext): string {
  const bytes = (value: bigint | undefined) => (value === undefined ? 'not reported' : `${value / 1024n} KiB`);
  return [
    `${kext.bundleIdentifier} ${kext.version}`,
    `UUID ${kext.uuid ?? 'not reported'}`,
    `address ${kext.address === undefined ? 'not reported' : `0x${kext.address.toString(16)}`}`,
    `size ${bytes(kext.size)}, wired ${bytes(kext.wired)}`,
    `references ${kext.references ?? 'not reported'}`,
    'path not reported',
  ].join('\n');
}
