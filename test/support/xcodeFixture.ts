import { chmod, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A target of a project file that a test writes. */
export interface FixtureTarget {
  readonly name: string;
  readonly productType?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Paths of sources, relative to the project. */
  readonly sources?: readonly string[];
  /** Names of targets whose products are copied into its own. */
  readonly embeds?: readonly string[];
}

/** A project file that a test writes: `Debug` and `Release`, the latter the one that xcodebuild takes where none is named. */
export interface FixtureProject {
  readonly targets: readonly FixtureTarget[];
  readonly settings?: Readonly<Record<string, string>>;
  /** An xcconfig file that the project's settings lie on. */
  readonly basedOn?: string;
}

export const kextType = 'com.apple.product-type.kernel-extension';

/** The text of a project.pbxproj in the layout of Xcode's own. */
export function projectFileText({ targets, settings = {}, basedOn }: FixtureProject): string {
  const objects: string[] = [];
  const add = (id: string, isa: string, members: string) =>
    objects.push(`\t\t${id} /* ${isa} */ = {isa = ${isa}; ${members}};`);
  const configurations = (owner: string, given: Readonly<Record<string, string>>, base = '') => {
    for (const name of ['Debug', 'Release'])
      add(
        `C${owner}${name}`,
        'XCBuildConfiguration',
        `${base}buildSettings = {${membersOf(given)} }; name = ${name}; `,
      );
    add(
      `L${owner}`,
      'XCConfigurationList',
      `buildConfigurations = (C${owner}Debug, C${owner}Release, ); defaultConfigurationName = Release; `,
    );
  };
  const groups: string[] = [];
  for (const [at, target] of targets.entries()) {
    const { name, productType = kextType, sources = [], embeds = [] } = target;
    for (const [nth, path] of sources.entries()) {
      add(`F${at}x${nth}`, 'PBXFileReference', `path = ${quoted(path)}; sourceTree = "<group>"; `);
      add(`B${at}x${nth}`, 'PBXBuildFile', `fileRef = F${at}x${nth}; `);
      groups.push(`F${at}x${nth}`);
    }
    add(`S${at}`, 'PBXSourcesBuildPhase', `files = (${sources.map((_, nth) => `B${at}x${nth}, `).join('')}); `);
    for (const embedded of embeds)
      add(`E${at}${embedded}`, 'PBXBuildFile', `fileRef = P${targets.findIndex(each => each.name === embedded)}; `);
    add(
      `K${at}`,
      'PBXCopyFilesBuildPhase',
      `dstSubfolderSpec = 13; files = (${embeds.map(each => `E${at}${each}, `).join('')}); `,
    );
    add(
      `P${at}`,
      'PBXFileReference',
      `explicitFileType = wrapper.cfbundle; path = ${quoted(`${name}.kext`)}; sourceTree = BUILT_PRODUCTS_DIR; `,
    );
    configurations(`T${at}`, target.settings ?? {});
    add(
      `T${at}`,
      'PBXNativeTarget',
      `buildConfigurationList = LT${at}; buildPhases = (S${at}, K${at}, ); name = ${quoted(name)}; productReference = P${at}; productType = "${productType}"; `,
    );
  }
  if (basedOn !== undefined) {
    add('X', 'PBXFileReference', `path = ${quoted(basedOn)}; sourceTree = SOURCE_ROOT; `);
    groups.push('X');
  }
  configurations('P', settings, basedOn === undefined ? '' : 'baseConfigurationReference = X; ');
  add('G', 'PBXGroup', `children = (${groups.map(id => `${id}, `).join('')}); sourceTree = "<group>"; `);
  add(
    'R',
    'PBXProject',
    `buildConfigurationList = LP; mainGroup = G; targets = (${targets.map((_, at) => `T${at}, `).join('')}); `,
  );
  return `// !$*UTF8*$!\n{\n\tarchiveVersion = 1;\n\tobjectVersion = 46;\n\tobjects = {\n${objects.join('\n')}\n\t};\n\trootObject = R /* Project object */;\n}\n`;
}

function membersOf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => ` ${quoted(name)} = ${quoted(value)};`)
    .join('');
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** An Info.plist as Xcode's templates have it, which leaves everything to the build settings. */
export const variableInfoPlist = infoPlistOf({
  CFBundleExecutable: '$(EXECUTABLE_NAME)',
  CFBundleIdentifier: '$(PRODUCT_BUNDLE_IDENTIFIER)',
  CFBundlePackageType: '$(PRODUCT_BUNDLE_PACKAGE_TYPE)',
  CFBundleVersion: '$(MODULE_VERSION)',
});

/** An Info.plist with these keys, and a library. */
export function infoPlistOf(keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries(keys).map(([key, value]) => `\t<key>${key}</key>\n\t<string>${value}</string>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${lines.join('')}\t<key>OSBundleLibraries</key>
\t<dict>\n\t\t<key>com.apple.kpi.iokit</key>\n\t\t<string>8.0.0</string>\n\t</dict>\n</dict>\n</plist>\n`;
}

/** A folder with these files; the caller removes it. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kext-dev-xcode-')));
  await writeInto(folder, files);
  return folder;
}

/** Writes files by their paths below a folder. */
export async function writeInto(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const sourceOf = (name: string) =>
  `#include <IOKit/IOService.h>\n\nclass ${name} : public IOService {\n    OSDeclareDefaultStructors(${name})\n};\n\nOSDefineMetaClassAndStructors(${name}, IOService)\n`;

/** A pump, a valve that is a plug-in of it, and an application, in one project. */
export const pumpProject: Readonly<Record<string, string>> = {
  'Pump.xcodeproj/project.pbxproj': projectFileText({
    basedOn: 'Pump.xcconfig',
    settings: { MODULE_VERSION: '1.2.3', 'ARCHS[sdk=macosx*]': 'x86_64' },
    targets: [
      {
        name: 'Pump',
        settings: { INFOPLIST_FILE: 'Pump/Info.plist', PRODUCT_BUNDLE_IDENTIFIER: '$(COMPANY).$(PRODUCT_NAME:lower)' },
        sources: ['Pump/Pump.cpp'],
        embeds: ['Valve'],
      },
      {
        name: 'Valve',
        productType: `${kextType}.iokit`,
        settings: { INFOPLIST_FILE: 'Valve/Info.plist', PRODUCT_BUNDLE_IDENTIFIER: '$(COMPANY).Valve' },
        sources: ['Valve/Valve.cpp'],
      },
      {
        name: 'Gauge',
        productType: 'com.apple.product-type.application',
        settings: { INFOPLIST_FILE: 'Gauge/Info.plist' },
      },
    ],
  }),
  'Pump.xcconfig': 'COMPANY = org.sample.driver // of all\n',
  'Pump/Info.plist': variableInfoPlist,
  'Pump/Pump.cpp': sourceOf('Pump'),
  'Valve/Info.plist': variableInfoPlist,
  'Valve/Valve.cpp': sourceOf('Valve'),
  'Gauge/Info.plist': variableInfoPlist,
  'Pump.xcodeproj/xcshareddata/xcschemes/All.xcscheme':
    '<Scheme>\n<BuildAction>\n<BuildableReference BlueprintName = "Valve" ReferencedContainer = "container:Pump.xcodeproj">\n</BuildAction>\n</Scheme>\n',
};

/**
 * A folder for the PATH with an xcodebuild that answers for the pump project: settings, a list, and a build that makes the
 * bundles of both kexts in `products`. It writes its arguments into `calls.txt` beside itself, a line each call.
 */
export async function fakeXcodebuild(products: string): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kext-dev-xcodebuild-')));
  const settings = (name: string, identifier: string) =>
    `{"action": "build", "target": "${name}", "buildSettings": {"TARGET_BUILD_DIR": "${products}", "FULL_PRODUCT_NAME": "${name}.kext", "EXECUTABLE_NAME": "${name}", "PRODUCT_NAME": "${name}", "PRODUCT_BUNDLE_IDENTIFIER": "${identifier}", "PRODUCT_BUNDLE_PACKAGE_TYPE": "KEXT", "MODULE_VERSION": "1.2.3", "INFOPLIST_FILE": "${name}/Info.plist"}}`;
  const script = `#!/bin/sh
printf '%s\\n' "$*" >>'${folder}/calls.txt'
make_kext() {
  mkdir -p '${products}'/"$1.kext/Contents"
  sed -e 's/\\$(PRODUCT_BUNDLE_IDENTIFIER)/'"$2"'/' -e 's/\\$(PRODUCT_BUNDLE_PACKAGE_TYPE)/KEXT/' \\
    -e 's/\\$(MODULE_VERSION)/1.2.3/' -e '/CFBundleExecutable/{N;d;}' "$1/Info.plist" >'${products}'/"$1.kext/Contents/Info.plist"
  printf 'Touch %s/%s.kext (in target %s from project %s)\\n' '${products}' "$1" "'$1'" "'Pump'"
}
case "$*" in
  *-showBuildSettings*) printf '%s\\n' 'Command line invocation:' '    xcodebuild' '' '[${settings('Valve', 'org.sample.driver.Valve')},' '${settings('Pump', 'org.sample.driver.told')}]' ;;
  *-list*) printf '%s\\n' '{"project": {"name": "Pump", "schemes": ["All", "Pump", "Gauge"], "targets": ["Pump", "Valve", "Gauge"], "configurations": ["Debug", "Release"]}}' ;;
  *) make_kext Valve org.sample.driver.Valve; make_kext Pump org.sample.driver.told; printf '%s\\n' '** BUILD SUCCEEDED **' ;;
esac
`;
  const file = join(folder, 'xcodebuild');
  await writeFile(file, script);
  await chmod(file, 0o755);
  return folder;
}
