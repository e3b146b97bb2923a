import { wholeOf } from '../../tools/port/toolInput.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { ToolCall } from '../runTool.ts';
import type { DiskEntry, SimulatedDisk } from '../simulatedDisk.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

const kinds: Readonly<Record<string, DiskEntry['kind']>> = { file: 'file', directory: 'folder', symlink: 'link' };

/** `tar -x -p -b 128 -f - -C FOLDER` of macOS: unpacks what stands on its standard input. A path never leads out of the folder. */
export async function tar(
  disk: SimulatedDisk,
  { argv, asRoot, input = new Uint8Array() }: ToolCall,
): Promise<ToolOutput> {
  const [folder, ...more] = argv.slice(7);
  const unpacks = argv.slice(0, 7).join(' ') === '-x -p -b 128 -f - -C' && folder !== undefined && more.length === 0;
  if (!unpacks) return cannotSimulate('tar', argv);
  const failed = (why: string) =>
    said({ stderr: [`tar: ${why}`, 'tar: Error exit delayed from previous errors.'], exitCode: 1 });
  const [there] = await disk.entries(folder);
  if (there?.kind !== 'folder') return said({ stderr: [`tar: could not chdir to '${folder}'`], exitCode: 1 });
  if (!asRoot) return failed(`${folder}: Can't create: Permission denied`);
  // Loaded when it is first needed, as it is where bundles are archived.
  const { unpackTar } = await import('modern-tar');
  try {
    for (const { header, data } of await unpackTar(wholeOf(input))) {
      const { name, type = 'file', mode = 0o644, uid = 0, gid = 0, linkname } = header;
      const kind = kinds[type];
      const parts = name.split('/').filter(part => part !== '' && part !== '.');
      if (kind === undefined || parts.includes('..')) return failed(`${name}: Path contains '..'`);
      const entry = { path: [folder, ...parts].join('/'), kind, mode, uid, gid };
      await disk.write(entry, kind === 'link' ? (linkname ?? '') : (data ?? new Uint8Array()));
    }
  } catch {
    return said({ stderr: ['tar: Error opening archive: Unrecognized archive format'], exitCode: 1 });
  }
  return said({});
}
