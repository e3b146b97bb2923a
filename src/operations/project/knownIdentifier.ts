import type { KextRecordStore } from '../record/kextRecord.ts';
import type { KextProject } from './kextProject.ts';
import { isFilledIn } from './productFit.ts';

/** The project with the identifier of its last product, where the build fills that in and no product is there. */
export async function withKnownIdentifier(project: KextProject, records: KextRecordStore): Promise<KextProject> {
  return isFilledIn(project.bundleIdentifier) ? project : asLastBuilt(project, records);
}

/** The project with the identifier of its last product, where the build fills that in. */
export async function asLastBuilt(project: KextProject, records: KextRecordStore): Promise<KextProject> {
  const bundleIdentifier = await records.identifier.read();
  return bundleIdentifier === undefined ? project : { ...project, bundleIdentifier };
}

/** Remembers the identifier of a product for when it is gone; one that the source says is not forgotten. */
export async function rememberIdentifier(
  { rememberedAs }: Pick<KextProject, 'rememberedAs'>,
  records: KextRecordStore,
  bundleIdentifier: string | undefined,
): Promise<void> {
  if (bundleIdentifier === undefined || bundleIdentifier === rememberedAs || !isFilledIn(bundleIdentifier)) return;
  if ((await records.identifier.read()) !== bundleIdentifier) await records.identifier.write(bundleIdentifier);
}
