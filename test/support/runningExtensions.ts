import type { Window } from './window.ts';

const rowOfExtension = '.runtime-extensions-editor .monaco-list-row';

/** What VS Code says that each extension's activation took, in ms, by the extension's name: its own page of what runs. */
export async function activationTimes(window: Window): Promise<ReadonlyMap<string, number>> {
  await window.runCommand('Developer: Show Running Extensions');
  const read = async () => new Map((await window.page.locator(rowOfExtension).allInnerTexts()).flatMap(readRow));
  return window.until('the running extensions', read, times => times.has('Kext Dev') && times.has('Git'));
}

/** `Git`, its version, where it runs, and `Startup Activation: 31ms`, each on a line. */
function readRow(text: string): readonly (readonly [name: string, ms: number])[] {
  const name = text.split('\n')[0] ?? '';
  const ms = /Activation: (\d+)ms/.exec(text)?.[1];
  return ms === undefined ? [] : [[name, Number(ms)]];
}

/** Opens VS Code's page of an installed extension, and gives how wide each picture of its README is, in pixels. */
export async function readmePictures(window: Window, name: string): Promise<readonly number[]> {
  await window.runCommand('Extensions: Show Installed Extensions');
  await window.page.locator('.extensions-list .monaco-list-row', { hasText: name }).first().click();
  const readme = window.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await readme.locator('h1', { hasText: name }).waitFor();
  const widths = () =>
    readme
      .locator('img')
      .evaluateAll(all => all.map(image => ('naturalWidth' in image ? Number(image.naturalWidth) : 0)));
  return window.until('the pictures', widths, all => all.length > 0 && all.every(width => width > 0));
}
