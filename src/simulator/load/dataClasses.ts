import { definedClasses } from '../../bundle/libkernClasses.ts';
import { type InstalledKext, runningSlice } from './installedKext.ts';

/** A class as the kernel enters it without its code. */
export interface DataClass {
  readonly name: string;
  /** Empty where the binary does not tell. */
  readonly superclass: string;
}

/** The classes of a kext by its Mach-O file, each behind its superclass, as their constructors would come. */
export function dataClasses(kext: InstalledKext): readonly DataClass[] {
  const slice = runningSlice(kext);
  const left = new Map((slice === undefined ? [] : definedClasses(slice)).map(each => [each.name, each.superclass]));
  const ordered: DataClass[] = [];
  const take = (name: string): void => {
    if (!left.has(name)) return;
    const superclass = left.get(name) ?? '';
    left.delete(name);
    take(superclass);
    ordered.push({ name, superclass });
  };
  for (const name of [...left.keys()]) take(name);
  return ordered;
}
