import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { KextView, OtherKext, OwnKext } from '../../../src/ui/session/kextView.ts';
import { counts, entry, kext, snapshot } from '../diagnosis/snapshots.ts';

/** LC_UUIDs of two builds, as lld makes them: they begin alike. */
export const oldUuid = '4C4C4400-5555-3144-A1A1-0000AAAAAAAA';
export const newUuid = '4C4C4400-5555-3144-A1A1-0000BBBBBBBB';

export const turbine = 'org.sample.driver.Turbine';

const declaration = { file: '/p/Turbine.hpp', line: 3, column: 7 };

/** The kext of the window: a driver and its rotor. */
export const own: OwnKext = {
  folder: '/p',
  otherKexts: [],
  key: '/p/Info.plist',
  infoPlistFile: '/p/Info.plist',
  bundleIdentifier: turbine,
  version: '1.1',
  shortName: 'Turbine',
  classes: ['Turbine', 'Rotor'],
  declarations: [
    { name: 'Turbine', sourceName: 'Turbine', superclass: 'IOService', declaration },
    { name: 'Rotor', sourceName: 'Rotor', superclass: 'OSObject', declaration },
  ],
  builtUuid: oldUuid,
};

/** Another kext of the window, of which a class is leaked. */
export const pump: OtherKext = {
  own: {
    ...own,
    key: '/q/Info.plist',
    folder: '/q',
    infoPlistFile: '/q/Info.plist',
    bundleIdentifier: 'org.sample.driver.Pump',
    shortName: 'Pump',
    version: '2.0',
    classes: ['Pump', 'Impeller'],
    declarations: [
      {
        name: 'Pump',
        sourceName: 'Pump',
        superclass: 'IOService',
        declaration: { ...declaration, file: '/q/Pump.hpp' },
      },
      {
        name: 'Impeller',
        sourceName: 'Impeller',
        superclass: 'OSObject',
        declaration: { ...declaration, file: '/q/Impeller.hpp' },
      },
    ],
    builtUuid: newUuid,
  },
  refused: true,
  waiting: undefined,
  atLoad: new Map([['Impeller', 1]]),
  diagnoses: [
    {
      about: 'unload',
      cause: 'leaked',
      severity: 'error',
      message: '3 instances of Impeller are leaked.',
      class: 'Impeller',
      instances: 3,
      verdict: 'leaked',
      evidence: [],
      holders: [],
      remedy: 'Find the retain().',
      certainty: 'certain',
    },
  ],
};

/** One that is not loaded. */
const anchor: OtherKext = {
  own: {
    ...pump.own,
    key: '/a/Info.plist',
    bundleIdentifier: 'org.sample.driver.Anchor',
    shortName: 'Anchor',
    classes: [],
  },
  refused: false,
  waiting: undefined,
  diagnoses: [],
};

/** The Simulated Mac as views name it. */
export const simulated = { name: 'Simulated Mac', called: 'the Simulated Mac', simulated: true };

/** The kext as it is listed after a load. */
export const loaded = kext(turbine, { index: 160, uuid: oldUuid, linkedAgainst: [7] });
export const apple = kext('com.apple.kpi.bsd', { index: 7, version: '19.6.0' });

/** A Mac on which the kext is loaded and runs. */
export const running = snapshot({
  kexts: [apple, loaded],
  classCounts: counts({ Turbine: 1, Rotor: 1 }),
  registry: [entry('Turbine', { id: 1n })],
});

/** The same, as it was at a time of day that is told. */
const seenLast = { ...running, takenAt: new Date(2026, 10, 26, 14, 32, 7) };

/** A verdict on a class of the kext. */
export function verdict(told: Partial<Diagnosis>): Diagnosis {
  return {
    about: 'unload',
    cause: 'leaked',
    severity: 'error',
    message: '1 instance of Rotor is leaked.',
    class: 'Rotor',
    instances: 1,
    verdict: 'leaked',
    evidence: [{ text: 'ioclasscount: Rotor = 1' }],
    holders: [],
    remedy: 'Find the retain().',
    certainty: 'certain',
    ...told,
  };
}

/** A finding that is about no class. */
export function finding(about: Diagnosis['about'], cause: Diagnosis['cause'], message: string): Diagnosis {
  return { about, cause, severity: 'error', message, evidence: [], holders: [], remedy: '', certainty: 'certain' };
}

/** The driver is held by a process. */
export const heldByProcess = verdict({
  cause: 'held',
  class: 'Turbine',
  verdict: 'held',
  message: 'Turbine is held.',
  holders: [{ name: 'turbinectl (pid 587)', pid: 587, through: 'TurbineUserClient' }],
});

/** What the views show while the build is loaded and nothing is wrong, but for what is told. */
export function view(told: Partial<KextView> = {}): KextView {
  return {
    kexts: 1,
    trusted: true,
    own,
    others: [],
    target: simulated,
    snapshot: running,
    past: false,
    reading: false,
    diagnoses: [],
    activity: undefined,
    waiting: undefined,
    refused: false,
    ...told,
  };
}

const on = { name: own.shortName, at: simulated.name };

/** Every state in which the views can be, by name. */
export const states: Readonly<Record<string, KextView>> = {
  'no project': view({ own: undefined }),
  'several kexts, none selected': view({ own: undefined, kexts: 3, target: undefined, snapshot: undefined }),
  'not trusted': view({ trusted: false, target: undefined, snapshot: undefined }),
  'no target': view({ target: undefined, snapshot: undefined }),
  reading: view({ snapshot: undefined, reading: true }),
  'not read': view({ snapshot: undefined }),
  'read anew, as it was seen last': view({ past: true, reading: true, snapshot: seenLast }),
  'away, as it was seen last': view({ past: true, snapshot: seenLast }),
  'not loaded': view({ snapshot: snapshot({ kexts: [apple] }) }),
  building: view({ activity: { title: 'Reload Kext', on, phase: 'building' } }),
  'building another kext': view({
    activity: { title: 'Reload Pump', on: { name: 'Pump', at: 'test-mac' }, phase: 'building' },
  }),
  'several kexts, none selected, a task works on one': view({
    own: undefined,
    kexts: 3,
    target: undefined,
    snapshot: undefined,
    activity: { title: 'Build Pump', on: { name: 'Pump', at: 'test-mac' }, phase: 'building' },
  }),
  working: view({ activity: { title: 'Restart', on, phase: undefined } }),
  running: view(),
  'running, with something wrong': view({ diagnoses: [finding('unload', 'notPrivileged', 'Only root may.')] }),
  'loaded without a UUID': view({ snapshot: { ...running, kexts: [apple, { ...loaded, uuid: undefined }] } }),
  'likely running, without a UUID': view({
    snapshot: { ...running, kexts: [apple, { ...loaded, uuid: undefined }] },
    proof: { kind: 'likely', uuid: null, loadIndex: 160, address: null },
  }),
  'likely running, perhaps not loaded anew': view({
    snapshot: { ...running, kexts: [apple, { ...loaded, index: undefined }] },
    proof: { kind: 'likely', uuid: oldUuid, loadIndex: null, address: null },
  }),
  'another build loaded': view({ own: { ...own, builtUuid: newUuid } }),
  'never built': view({ own: { ...own, builtUuid: undefined } }),
  'refused, leaked': view({ refused: true, diagnoses: [verdict({ instances: 2 })] }),
  'refused, held': view({ refused: true, diagnoses: [heldByProcess] }),
  'refused, leaked or kept by what is held': view({
    refused: true,
    diagnoses: [heldByProcess, verdict({ certainty: 'possible' })],
  }),
  'refused, and nobody knows by whom': view({ refused: true }),
  'refused, both': view({ refused: true, diagnoses: [heldByProcess, verdict({})] }),
  'waiting for a restart': view({
    refused: true,
    waiting: 'restart',
    own: { ...own, builtUuid: newUuid },
    diagnoses: [verdict({})],
  }),
  'waiting for a restart of a real Mac': view({
    refused: true,
    waiting: 'restart',
    target: { name: 'test-mac', called: 'test-mac', simulated: false },
  }),
  'waiting for approval': view({ waiting: 'approval', snapshot: snapshot({ kexts: [apple] }) }),
  'waiting for approval on a real Mac': view({
    waiting: 'approval',
    target: { name: 'test-mac', called: 'test-mac', simulated: false },
  }),
  'approved, the old build runs until the restart': view({ waiting: 'restart', own: { ...own, builtUuid: newUuid } }),
  'to be finished': view({ waiting: 'finish', snapshot: snapshot({ kexts: [apple] }) }),
  'to be finished, loaded by the start': view({ waiting: 'finish' }),
  'in a collection that cannot be unloaded': view({
    diagnoses: [finding('unload', 'unsupportedByCache', 'Turbine is in a kext collection.')],
  }),
  'on macOS 13': view({
    target: { name: 'Simulated Mac (macOS 13)', called: 'the Simulated Mac (macOS 13)', simulated: true },
    snapshot: { ...running, system: { ...running.system, version: '13.6' } },
  }),
  'does not build': view({ diagnoses: [finding('build', 'buildError', "expected ';'")] }),
  'loaded and not started': view({ diagnoses: [finding('load', 'notStarted', 'Turbine does not run.')] }),
  'loaded and not run': view({ diagnoses: [finding('load', 'notRunHere', 'Turbine is not run here.')] }),
  'load refused': view({ snapshot: snapshot(), diagnoses: [finding('load', 'loadFailed', 'It was not loaded.')] }),
  'not installed, the kext before it runs': view({
    diagnoses: [finding('load', 'providedAtBoot', 'A bootloader puts it into the kernel.')],
  }),
  'not installed': view({
    snapshot: snapshot(),
    diagnoses: [finding('load', 'noCodeForTarget', 'It has no code for arm64e.')],
  }),
  restarted: view({ snapshot: snapshot(), diagnoses: [finding('load', 'restarted', 'It restarted.')] }),
  'lost its connection': view({ diagnoses: [finding('load', 'connectionLost', 'The connection broke.')] }),
  'whose operation was killed': view({
    diagnoses: [{ ...finding('wait', 'interrupted', 'Reload stopped.'), severity: 'warning' }],
  }),
  panicked: view({ snapshot: snapshot(), diagnoses: [finding('load', 'panicked', 'It panicked.')] }),
  'with other vendors’ kexts': view({
    snapshot: {
      ...running,
      kexts: [
        apple,
        loaded,
        kext('org.vendor.Base', { index: 161 }),
        kext('org.vendor.Needing', { index: 162, linkedAgainst: [161, 160] }),
      ],
    },
  }),
  'with other kexts of the window': view({
    kexts: 3,
    others: [anchor, pump],
    snapshot: {
      ...running,
      kexts: [
        apple,
        kext('org.vendor.Base', { index: 161 }),
        kext(pump.own.bundleIdentifier, { index: 162, uuid: newUuid }),
        loaded,
      ],
      classCounts: counts({ Turbine: 1, Rotor: 1, Pump: 1, Impeller: 3 }),
    },
  }),
  'a class that is not registered, and one released too often': view({
    snapshot: { ...running, classCounts: counts({ Rotor: -2 }) },
  }),
};
