import { spawn } from 'node:child_process';
import { findProgram } from './findProgram.ts';

/** Opens an address in the user's browser, where there is a display and a program that knows it. */
export function openAddress(address: string): void {
  const display = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = process.platform === 'darwin' ? findProgram('open') : findProgram('xdg-open');
  if (!display || opener === undefined) return;
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => console.error('The browser could not be opened: open the address yourself.'));
  child.unref();
}
