import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Makes `folder` a PATH of its own with every program of this one but those whose names match. */
export function pathWithout(left: RegExp, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const taken = new Set<string>();
  for (const place of (process.env.PATH ?? '').split(delimiter).filter(each => each.startsWith('/'))) {
    for (const name of programsIn(place)) {
      if (left.test(name) || taken.has(name)) continue;
      taken.add(name);
      // A compiler says where it was called from, and what it built there is not taken for what it built elsewhere.
      if (/^clang/.test(name))
        writeFileSync(join(folder, name), `#!/bin/sh\nexec '${join(place, name)}' "$@"\n`, { mode: 0o755 });
      else symlinkSync(join(place, name), join(folder, name));
    }
  }
  return folder;
}

function programsIn(place: string): readonly string[] {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
}
