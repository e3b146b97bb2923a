import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { launchBrowser } from '../window.ts';
import { looks, viewport } from './looks.ts';

/** Puts the pictures of a state side by side into one, as large as they are: `sheets/<state>.png` below `folder`. */
export async function makeSheets(folder: string, states: readonly string[]): Promise<void> {
  await using browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 2 * viewport.width, height: viewport.height } });
  for (const state of states) {
    const figures = await Promise.all(looks.map(look => figure(folder, state, look.name)));
    await page.setContent(`<style>${style}</style><h1>${state}</h1><main>${figures.join('')}</main>`);
    const path = join(folder, 'sheets', `${state}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
  }
}

const style = `
  body { margin: 16px; background: #808080; color: #fff; font: 24px sans-serif }
  h1 { margin: 0 0 12px; font-size: 32px }
  main { display: grid; grid-template-columns: 1fr 1fr; gap: 16px }
  figure { margin: 0 }
  img { display: block; width: 100% }`;

async function figure(folder: string, state: string, look: string): Promise<string> {
  const picture = await readFile(join(folder, `${state}-${look}.png`)).catch(() => undefined);
  const shown =
    picture === undefined ? 'none' : `<img src="data:image/png;base64,${picture.toString('base64')}" alt="">`;
  return `<figure><figcaption>${look}</figcaption>${shown}</figure>`;
}
