import { findProgram, isExecutable } from './findProgram.ts';

const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium or Chrome of this machine; KEXT_DEV_CHROMIUM names another one. */
export function findChromium(): string | undefined {
  return (
    process.env.KEXT_DEV_CHROMIUM ??
    findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    macApplications.find(isExecutable)
  );
}

/** How Chromium is started without a display. Its own sandbox needs rights that a container's root has not; it loads loopback pages alone. */
export const headlessArguments: readonly string[] = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
