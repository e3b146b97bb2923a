import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { findProgram } from './findProgram.ts';
import { runProgram } from './runProgram.ts';
import { newcomersSettings, writeUserSettings } from './userSettings.ts';

/** What is opened, and where VS Code keeps what is its own meanwhile. */
export interface StartedDemo {
  readonly folder: string;
  readonly vsix: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
}

/** The desktop's `code`, where it has a display. In a terminal of VS Code's server it is another program of that name. */
export function desktopProgram(): string | undefined {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return display && process.env.VSCODE_IPC_HOOK_CLI === undefined ? findProgram('code') : undefined;
}

/** Opens the desktop with a profile of its own, and waits until its window is closed. */
export async function openDesktop(code: string, demo: StartedDemo): Promise<number> {
  const folders = [`--user-data-dir=${demo.userDataDir}`, `--extensions-dir=${demo.extensionsDir}`];
  const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : [];
  await mkdir(demo.extensionsDir, { recursive: true });
  await writeUserSettings(demo.userDataDir, newcomersSettings());
  await runProgram(code, [...folders, ...asRoot, '--install-extension', demo.vsix]);
  const argv = [...folders, ...asRoot, '--disable-workspace-trust', '--new-window', '--wait', demo.folder];
  console.log('Close the window to end.');
  const [status] = (await once(spawn(code, argv, { stdio: 'inherit' }), 'exit')) as [number | null];
  return status ?? 0;
}
