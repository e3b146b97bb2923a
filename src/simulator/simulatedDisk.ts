import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';

/** The Simulated Mac's own file system: a folder of its state. Nothing outside that folder is ever written. */
export class SimulatedDisk {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where an absolute path of the Simulated Mac is on this machine. `..` cannot lead out of it. */
  place(path: string): string {
    return join(this.#root, posix.resolve('/', path));
  }

  /** Copies a folder of this machine to `path`, replacing what is there only once the copy is whole. */
  async put(folder: string, path: string): Promise<void> {
    const destination = this.place(path);
    const unfinished = `${destination}.${process.pid}.unfinished`;
    await mkdir(dirname(destination), { recursive: true });
    await rm(unfinished, { recursive: true, force: true });
    await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    await rm(destination, { recursive: true, force: true });
    await rename(unfinished, destination);
  }

  /** What a restart does to the disk: macOS empties /private/tmp. */
  async restart(): Promise<void> {
    await rm(this.place('/private/tmp'), { recursive: true, force: true });
  }

  async erase(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}
