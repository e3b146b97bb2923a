import { dirname, isAbsolute, join } from 'node:path';
import { layerOf, type SettingAssignment, type SettingLayer } from '../../bundle/settingLayer.ts';
import { SettingValues } from '../../bundle/settingValues.ts';
import { parseXcconfig } from '../../bundle/xcconfig.ts';
import { xcodeDefaults } from '../../bundle/xcodeDefaults.ts';
import type { XcodeConfiguration, XcodeProject, XcodeTarget } from '../../bundle/xcodeProject.ts';
import type { ProjectProbe } from '../project/projectProbe.ts';
import type { XcodeBuild } from './xcodeBuild.ts';

/** How many files of settings are read for one target: files that include each other end somewhere. */
const mostIncludes = 100;

/** The build settings of a target as the project's own files say them, without Xcode. */
export async function xcodeSettings(
  project: XcodeProject,
  target: XcodeTarget,
  { configuration, architecture }: Pick<XcodeBuild, 'configuration' | 'architecture'>,
  probe: Pick<ProjectProbe, 'text'>,
): Promise<SettingValues> {
  const named = (all: readonly XcodeConfiguration[]) => all.find(({ name }) => name === configuration);
  const left = { includes: mostIncludes };
  const layers: SettingLayer[] = [xcodeDefaults(project, target, configuration)];
  for (const own of [named(project.configurations), named(target.configurations)]) {
    if (own?.basedOn !== undefined) layers.push(await xcconfigLayer(own.basedOn, probe, left));
    layers.push(own?.settings ?? []);
  }
  if (architecture !== undefined) layers.push(layerOf([['ARCHS', architecture]]));
  return new SettingValues(layers, { configuration, sdk: 'macosx', arch: architecture });
}

async function xcconfigLayer(
  file: string,
  probe: Pick<ProjectProbe, 'text'>,
  left: { includes: number },
): Promise<SettingLayer> {
  left.includes -= 1;
  const text = left.includes < 0 ? undefined : await probe.text(file);
  const layer: SettingAssignment[] = [];
  for (const part of parseXcconfig(text ?? '')) {
    if ('value' in part) layer.push(part);
    else layer.push(...(await xcconfigLayer(pathFrom(file, part.file), probe, left)));
  }
  return layer;
}

function pathFrom(file: string, included: string): string {
  return isAbsolute(included) ? included : join(dirname(file), included);
}
