import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArchiveCost, ArchiveReaderName } from './archiveSpeedWorker.ts';
import { archiveText } from './archiveText.ts';
import { type Measured, median } from './measured.ts';

const characters = 30_000_000;
const runs = 5;

/** A whole Mac's archive with all properties from the file to a registry: each time in a process of its own. */
export async function archiveSpeed(): Promise<readonly Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-archive-'));
  try {
    const file = join(folder, 'archive.plist');
    await pipeline(Readable.from(archiveText(characters)), createWriteStream(file));
    return measuredOf(await costsOf(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In turns, so that whatever else the machine does hits all of them. */
async function costsOf(file: string): Promise<Record<ArchiveReaderName, readonly ArchiveCost[]>> {
  const costs: Record<ArchiveReaderName, ArchiveCost[]> = { registry: [], users: [], events: [], plist: [] };
  for (let run = 0; run < runs; run++)
    for (const name of ['events', 'registry', 'users', 'plist'] as const) costs[name].push(await costOf(name, file));
  if (costs.registry.some(({ objects }) => objects < 1000)) throw new Error('the archive was not read');
  return costs;
}

async function costOf(name: ArchiveReaderName, file: string): Promise<ArchiveCost> {
  const child = fork(new URL('./archiveSpeedWorker.ts', import.meta.url), [name, file]);
  const [cost] = (await once(child, 'message')) as [ArchiveCost];
  return cost;
}

function measuredOf(costs: Record<ArchiveReaderName, readonly ArchiveCost[]>): readonly Measured[] {
  const ms = (name: ArchiveReaderName) => median(costs[name].map(cost => cost.ms));
  const peak = (name: ArchiveReaderName) => median(costs[name].map(cost => cost.peakBytes));
  const all = { name: 'an archive of 30 MB to a registry', value: ms('registry'), unit: 'ms' } as const;
  const asked = { ...all, name: 'the same for what a diagnosis asks for', value: ms('users') };
  const nothing = { peer: 'its XML read for nothing', peerValue: ms('events'), goal: { ratio: 2 } } as const;
  const document = { peer: 'a document by plist', peerValue: ms('plist'), goal: { ratio: 0.1 } } as const;
  return [
    { ...all, ...nothing },
    { ...all, ...document },
    { ...asked, ...nothing },
    { ...asked, ...document },
    {
      name: 'its peak of memory, Node’s own included',
      value: peak('registry'),
      unit: 'bytes',
      peer: 'a document by plist',
      peerValue: peak('plist'),
      goal: { most: 300_000_000 },
    },
  ];
}
