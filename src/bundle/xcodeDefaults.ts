import { dirname } from 'node:path';
import { layerOf, type SettingLayer } from './settingLayer.ts';
import type { XcodeProject, XcodeTarget } from './xcodeProject.ts';

/**
 * What Xcode gives the settings of a kext target that nobody else gives one, as far as an Info.plist and the place of the
 * product need it (KernelExtension.xcspec of swift-build).
 */
export function xcodeDefaults(
  project: XcodeProject,
  target: Pick<XcodeTarget, 'name'>,
  configuration: string,
): SettingLayer {
  return layerOf([
    ...Object.entries(ofKexts),
    ['TARGET_NAME', target.name],
    ['TARGETNAME', target.name],
    ['PROJECT_NAME', project.name],
    ['PROJECT', project.name],
    ['PROJECT_FILE_PATH', project.file],
    ['PROJECT_DIR', project.folder],
    ['PROJECT_FILE_DIR', dirname(project.file)],
    ['SRCROOT', project.folder],
    ['SOURCE_ROOT', project.folder],
    ['CONFIGURATION', configuration],
    ['DEVELOPMENT_LANGUAGE', project.developmentRegion ?? 'en'],
  ]);
}

const ofKexts: Readonly<Record<string, string>> = {
  PRODUCT_NAME: '$(TARGET_NAME)',
  PRODUCT_MODULE_NAME: '$(PRODUCT_NAME:c99extidentifier)',
  PRODUCT_BUNDLE_PACKAGE_TYPE: 'KEXT',
  EXECUTABLE_PREFIX: '',
  EXECUTABLE_SUFFIX: '',
  EXECUTABLE_NAME: '$(EXECUTABLE_PREFIX)$(PRODUCT_NAME)$(EXECUTABLE_SUFFIX)',
  WRAPPER_PREFIX: '',
  WRAPPER_EXTENSION: 'kext',
  WRAPPER_SUFFIX: '.$(WRAPPER_EXTENSION)',
  WRAPPER_NAME: '$(WRAPPER_PREFIX)$(PRODUCT_NAME)$(WRAPPER_SUFFIX)',
  FULL_PRODUCT_NAME: '$(WRAPPER_NAME)',
  MODULE_NAME: 'com.company.driver.modulename',
  MODULE_VERSION: '1.0',
  MODULE_START: '0',
  MODULE_STOP: '0',
  KEXT_FAMILY_NAME: 'family',
  PLATFORM_NAME: 'macosx',
  EFFECTIVE_PLATFORM_NAME: '',
  SYMROOT: '$(SRCROOT)/build',
  BUILD_DIR: '$(SYMROOT)',
  BUILD_ROOT: '$(SYMROOT)',
  CONFIGURATION_BUILD_DIR: '$(BUILD_DIR)/$(CONFIGURATION)$(EFFECTIVE_PLATFORM_NAME)',
  BUILT_PRODUCTS_DIR: '$(CONFIGURATION_BUILD_DIR)',
  TARGET_BUILD_DIR: '$(CONFIGURATION_BUILD_DIR)',
  ARCHS_STANDARD: 'arm64e x86_64',
  ARCHS: '$(ARCHS_STANDARD)',
};
