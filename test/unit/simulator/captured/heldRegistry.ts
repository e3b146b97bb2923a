import type { RegistryEntry } from '../../../../src/model/registryEntry.ts';
import type { KernelRegistryEntry } from '../../../../src/simulator/kernelAnswer.ts';
import type { Held } from './held.ts';
import { kernelProperties, unheldBecause } from './heldProperties.ts';

/** The trees of a capture, for a kernel. `text` is the capture's own: it alone tells for how long a service was busy. */
export function heldTrees(roots: readonly RegistryEntry[], text: string): Held<RegistryEntry, KernelRegistryEntry> {
  const unheld: string[] = [];
  const records = roots.map(root => heldEntry(root, unheld));
  const times = busyTimes(text);
  return { records, kernel: records.map(record => kernelEntry(record, times)), unheld };
}

/** The root that the simulated kernel has to have, with those trees below it where they are several. */
export function kernelRoot(trees: readonly KernelRegistryEntry[]): KernelRegistryEntry {
  const [only] = trees;
  if (only !== undefined && trees.length === 1) return only;
  return { ...kernelEntry(bareRoot, new Map()), children: trees };
}

const bareRoot: RegistryEntry = {
  id: 0x100000100n,
  name: 'Root',
  location: undefined,
  className: 'IORegistryEntry',
  inheritance: undefined,
  registered: undefined,
  matched: undefined,
  active: undefined,
  busy: undefined,
  retain: 1,
  properties: new Map(),
  children: [],
};

const ofEvery = { id: 0n, retain: 0 };
const ofServices = { ...ofEvery, registered: false, matched: false, active: false, busy: 0 };

function heldEntry({ incomplete: _, ...entry }: RegistryEntry, unheld: string[]): RegistryEntry {
  const needed = Object.entries(isService(entry) ? ofServices : ofEvery);
  const missing = needed.filter(([key]) => entry[key as keyof typeof ofServices] === undefined);
  if (missing.length > 0) unheld.push(`${entry.name}: no ${missing.map(([key]) => key).join(', ')}`);
  const properties = [...entry.properties].filter(([key, value]) => {
    const reason = unheldBecause(value);
    if (reason !== undefined) unheld.push(`${entry.name} "${key}": ${reason}`);
    return reason === undefined;
  });
  return {
    ...entry,
    ...Object.fromEntries(missing),
    properties: new Map(properties),
    children: entry.children.map(child => heldEntry(child, unheld)),
  };
}

function isService({ registered, busy }: RegistryEntry): boolean {
  return registered !== undefined || busy !== undefined;
}

function kernelEntry(entry: RegistryEntry, times: ReadonlyMap<bigint, number>): KernelRegistryEntry {
  const { id = 0n, registered = false, matched = false, active = true } = entry;
  return {
    id: `0x${id.toString(16)}`,
    name: entry.name,
    ...(entry.location === undefined ? {} : { location: entry.location }),
    class: entry.className,
    inheritance: ['OSObject', ...(entry.inheritance ?? [entry.className])],
    service: isService(entry),
    // IOService.h: inactive 1, registered 2, matched 4.
    state: (active ? 0 : 1) | (registered ? 2 : 0) | (matched ? 4 : 0),
    registered,
    matched,
    active,
    busy: entry.busy ?? 0,
    busyTime: times.get(id) ?? 0,
    retain: entry.retain ?? 0,
    properties: kernelProperties(entry.properties),
    children: entry.children.map(child => kernelEntry(child, times)),
  };
}

/** Any time that is printed so: less than a millisecond is printed as 0. */
function busyTimes(text: string): ReadonlyMap<bigint, number> {
  const times = text.matchAll(/, id (0x[0-9a-f]+),[^<>]*? busy \d+ \((\d+) ms\)/g);
  return new Map(Array.from(times, ([, id = '0', time]) => [BigInt(id), Number(time) * 1e6 + 1]));
}
