import type { KextRecordStore } from './kextRecord.ts';

/** Keeps of what is remembered of a kext only what outlives a start of its target: the build that waited for it. */
export async function forgetTheBoot(records: KextRecordStore): Promise<void> {
  const pending = (await records.read())?.pending;
  if (pending === undefined) await records.clear();
  else await records.write({ bootTime: undefined, diagnoses: [], pending });
}
