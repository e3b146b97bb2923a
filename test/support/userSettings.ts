import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Theme = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

const themeNames: Record<Theme, string> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
};

/** A window with nothing in it that is not asked for: no chat, no welcome, no recommendations. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'workbench.editor.useModal': 'off',
  'extensions.ignoreRecommendations': true,
  'task.problemMatchers.neverPrompt': true,
};

/** Besides, what makes pictures small and reading certain. */
const testSettings = {
  'window.menuBarVisibility': 'hidden',
  'editor.minimap.enabled': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'security.workspace.trust.startupPrompt': 'never',
};

/** Writes a user's settings.json, before VS Code starts: the server does not notice it later. */
export async function writeUserSettings(
  userDataDir: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = join(userDataDir, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

/** Settings for a person who has just come: `npm start`. */
export function newcomersSettings(): Record<string, unknown> {
  return { ...quietSettings };
}

/** Settings for a test or a picture. */
export function testersSettings(theme: Theme, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...quietSettings, ...testSettings, 'workbench.colorTheme': themeNames[theme], ...more };
}
