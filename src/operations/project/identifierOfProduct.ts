import { bundleFolders } from './bundleFolders.ts';
import { readCandidates } from './candidates.ts';
import { isFilledIn, type ProductSource, pickProduct } from './productFit.ts';

/**
 * The identifier of a kext: as its Info.plist says it, or where that leaves it to a build which nobody knows, that of the
 * product. As it is written where there is none, or none that is certainly its own.
 */
export async function identifierOfProduct(source: ProductSource): Promise<string> {
  const { bundleIdentifier: written = '' } = source.infoPlist;
  if (isFilledIn(written)) return written;
  const { candidates } = await readCandidates(await bundleFolders(source.folder));
  const picked = await pickProduct(source, candidates, undefined);
  return ('bundle' in picked ? picked.bundle.infoPlist.bundleIdentifier : undefined) ?? written;
}
