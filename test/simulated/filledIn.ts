import { type DemoFiles, demoNames } from '../support/renamedDemo.ts';

/** What the Info.plist of such a demo says for its identifier. */
export const writtenIdentifier = '$(PRODUCT_BUNDLE_IDENTIFIER)';

/** The demo as Xcode's templates have it: the Info.plist leaves the identifier to the build. */
export function filledIn(demo: DemoFiles, identifier = demoNames(demo).bundleIdentifier): DemoFiles {
  const infoPlist = demo.get('Info.plist')?.replaceAll(demoNames(demo).bundleIdentifier, () => writtenIdentifier) ?? '';
  const makefile = (demo.get('Makefile') ?? '')
    .replace('$(call property,CFBundleIdentifier)', identifier)
    .replace("\tsed '1,", () => "\tsed -e 's|$$(PRODUCT_BUNDLE_IDENTIFIER)|$(IDENTIFIER)|' -e '1,");
  return new Map(demo).set('Info.plist', infoPlist).set('Makefile', makefile);
}
