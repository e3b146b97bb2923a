import { demo } from './projects.ts';
import type { Scene, State } from './scene.ts';

const unreachable = 'build-mac.invalid';

/** The page of the doctor, of a Mac that has all, and of one that cannot be reached. */
export const doctorScenes: readonly Scene[] = [
  { fill: demo({ 'kext.target': 'simulated:macos-13' }), states: [page('doctor', async () => undefined)] },
  {
    fill: demo({}),
    states: [
      page('doctor-not-reached', async ({ window }) => {
        await window.pick('Another Mac over SSH…');
        await window.page.locator('.quick-input-title', { hasText: 'A Mac over SSH' }).waitFor();
        await window.page.locator('.quick-input-widget input').first().fill(unreachable);
        await window.page.keyboard.press('Enter');
      }),
    ],
  },
];

function page(name: string, answer: State['reach']): State {
  return {
    name,
    reach: async stage => {
      const { window, run, sees } = stage;
      await window.showContainer('Kexts');
      await sees('the kext or its target', /not loaded|no target/);
      await run('Doctor');
      await answer(stage);
      await window.page.locator('.tab.active', { hasText: 'Doctor' }).first().waitFor();
      await window.page.locator('iframe.webview').first().waitFor();
      await window.page.waitForTimeout(2000);
    },
  };
}
