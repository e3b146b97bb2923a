import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { diagnoseCommand } from '../../../src/terminal/diagnoseCommand.ts';
import { readOptions } from '../../../src/terminal/options.ts';
import { folderOf, infoPlistOf, projectFileText } from '../../support/xcodeFixture.ts';

describe('diagnose --source, of a folder with several kexts', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Where what was found stands: `file:line`. */
  async function places(identifier: string, className: string): Promise<readonly (string | undefined)[]> {
    const said = `(kernel) Can't unload kext ${identifier}; classes have instances:
(kernel)     Kext ${identifier} class ${className} has 1 instance.
`;
    const files = {
      readInput: async () => said,
      readChunks: async function* () {
        yield said;
      },
    };
    const options = readOptions(['diagnose', '--log', 'log', '--source', folder]);
    const { diagnoses } = await diagnoseCommand(options, files, new AbortController().signal);
    return diagnoses.map(({ anchor }) => anchor && `${relative(folder, anchor.file)}:${anchor.line}`);
  }

  it('stands in the source of the kext that the log names, by the names that its build makes', async () => {
    const target = (name: string) => ({
      name,
      settings: {
        INFOPLIST_FILE: `${name}/Info.plist`,
        PRODUCT_BUNDLE_IDENTIFIER: `org.sample.${name}`,
        GCC_PREPROCESSOR_DEFINITIONS: `DRIVER=${name}Driver`,
      },
      sources: [`${name}/Driver.cpp`],
    });
    const source = 'class DRIVER : public IOService {\n  OSDeclareDefaultStructors(DRIVER)\n};\n';
    const defined = 'OSDefineMetaClassAndStructors(DRIVER, IOService)\n';
    const plist = infoPlistOf({
      CFBundleExecutable: 'Driver',
      CFBundleIdentifier: '$(PRODUCT_BUNDLE_IDENTIFIER)',
      CFBundlePackageType: 'KEXT',
      CFBundleVersion: '1.0',
    });
    folder = await folderOf({
      'Both.xcodeproj/project.pbxproj': projectFileText({ targets: [target('Pump'), target('Valve')] }),
      'Pump/Driver.cpp': `${source}${defined}`,
      'Pump/Info.plist': plist,
      'Valve/Driver.cpp': `\n${source}${defined}`,
      'Valve/Info.plist': plist,
    });
    assert.deepEqual(await places('org.sample.Valve', 'ValveDriver'), [
      `${join('Valve', 'Driver.cpp')}:2`,
      `${join('Valve', 'Info.plist')}:6`,
    ]);
    assert.deepEqual(await places('org.sample.Pump', 'PumpDriver'), [
      `${join('Pump', 'Driver.cpp')}:1`,
      `${join('Pump', 'Info.plist')}:6`,
    ]);
  });
});
