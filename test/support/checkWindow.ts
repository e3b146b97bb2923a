import { launchBrowser, waitForWorkbench } from './window.ts';
import { readWorkbench } from './workbenchReader.ts';

const waitSeconds = 45;

/** Loads the page once and says whether VS Code and the extension came up in it: 0 or 1. */
export async function checkWindow(address: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(address);
    await waitForWorkbench(page);
    const item = page.locator('.statusbar-item[aria-label^="Kext Dev"]');
    await item.waitFor({ timeout: waitSeconds * 1000 }).catch(() => undefined);
    const status = (await readWorkbench(page, 'statusbar')).find(label => label.startsWith('Kext Dev'));
    console.log(
      status === undefined ? 'VS Code came up, the extension did not.' : `VS Code and the extension came up: ${status}`,
    );
    return status === undefined ? 1 : 0;
  } finally {
    await browser.close();
  }
}
