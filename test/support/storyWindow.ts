import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from './packageExtension.ts';
import { type DemoFiles, writeDemo } from './renamedDemo.ts';
import { testFolder } from './repository.ts';
import { ensureServer } from './serverInstallation.ts';
import { prepareKernel, testCacheHome } from './simulatedBench.ts';
import { installExtension } from './vscodeServer.ts';
import { openWindow, type Window, type WindowOptions } from './window.ts';

/** Where the stories leave their pictures. */
export const pictures = join(testFolder, 'story');

export interface StoryOptions {
  /** Of the window, in pixels. */
  readonly height: number;
  /** The folder's own `.vscode/settings.json`; none without it. */
  readonly settings?: string;
  /** As packageExtension has it. */
  readonly site?: string;
}

/** A kext project, the packaged extension, and a window of VS Code in which a person meets both. */
export interface Story {
  readonly folder: string;
  /** What names the project and its Mac on a command line. */
  readonly place: readonly string[];
  /** Of the Simulated Mac. */
  readonly state: string;
  /** Installs the extension in VS Code, and gives the folder in which it is then. */
  install(): Promise<string>;
  /** With what VS Code knew when it was last closed. */
  open(how?: Pick<WindowOptions, 'trusted' | 'language'>): Promise<Window>;
  /** Leaves a picture of that name, closes the window and removes everything. */
  end(picture: string): Promise<void>;
}

export async function prepareStory(files: DemoFiles, { height, settings, site }: StoryOptions): Promise<Story> {
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-story-'));
  const remove = () => rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  const folder = join(scratch, 'project');
  const state = join(scratch, 'state');
  const vsix = join(scratch, 'kext-dev.vsix');
  try {
    await writeDemo(files, folder);
    if (settings !== undefined) {
      await mkdir(join(folder, '.vscode'));
      await writeFile(join(folder, '.vscode', 'settings.json'), settings);
    }
    await mkdir(pictures, { recursive: true });
    await prepareKernel();
    await packageExtension(vsix, site);
  } catch (error) {
    await remove();
    throw error;
  }
  const folders = { userDataDir: join(scratch, 'user'), extensionsDir: join(scratch, 'extensions') };
  let installed: string | undefined;
  let window: Window | undefined;
  return {
    folder,
    state,
    place: ['--target', 'simulated', '--project', folder, '--state', state],
    install: async () => {
      await installExtension(await ensureServer(), vsix, folders);
      const [name = ''] = (await readdir(folders.extensionsDir)).filter(each => each.startsWith('kext-dev.'));
      installed = join(folders.extensionsDir, name);
      return installed;
    },
    open: async how => {
      window = await openWindow({
        folder,
        ...(installed === undefined ? { vsix } : {}),
        ...how,
        ...folders,
        scale: 1,
        viewport: { width: 1400, height },
        env: { XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state },
      });
      return window;
    },
    end: async picture => {
      await window?.screenshot(join(pictures, picture)).catch(() => undefined);
      await window?.close();
      await remove();
    },
  };
}

/** What a person reads in the window that is open at the moment, and waits for. */
export function readersOf(window: () => Window, milliseconds: number) {
  const spoken = async () => (await window().treeRows('Loaded Kexts')).map(row => row.spoken);
  const problems = async () => (await window().problems()).filter(({ level }) => level === 2).map(each => each.spoken);
  const status = async () => (await window().statusItem('Kext Dev:')) ?? 'no status item';
  return {
    /** The rows of the tree. */
    spoken,
    status,
    /** Those of the Problems panel. */
    problems,
    /** In that panel, which follows the rest a moment later. */
    seesNoProblem: () => window().until('no Problem', problems, all => all.length === 0),
    /** In the status bar. */
    sees: (what: string, expected: RegExp) => window().until(what, status, text => expected.test(text), milliseconds),
    /** In the tree. */
    seesRow: (what: string, expected: RegExp) =>
      window().until(what, spoken, rows => rows.some(row => expected.test(row))),
  };
}
