import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SourceFollower } from '../../../../src/ui/session/sourceFollower.ts';

let folder: string;
let pump: string;
let rotor: string;
/** What the sources are read anew for, each time. */
let followed: (readonly string[])[];
let follower: SourceFollower;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kext-dev-sources-'));
  [pump, rotor] = [join(folder, 'Pump.cpp'), join(folder, 'Rotor.cpp')];
  for (const file of [pump, rotor]) await writeFile(file, 'class A {};');
  followed = [];
  follower = new SourceFollower({ followSources: async files => void followed.push(files) });
});
afterEach(() => rm(folder, { recursive: true }));

describe('A source that changes', () => {
  it('is followed once where it was saved here, though its watcher tells of it, too', async () => {
    await follower.saved(pump);
    await follower.changed([pump]);
    assert.deepEqual(followed, [[pump]]);
  });

  it('is followed where others have written it, each time, also beside one that was saved here', async () => {
    await follower.saved(pump);
    await follower.changed([pump, rotor]);
    await follower.changed([rotor]);
    assert.deepEqual(followed, [[pump], [rotor], [rotor]]);
  });

  it('is followed again where another program has written it since the save, or removed it', async () => {
    await follower.saved(pump);
    await writeFile(pump, 'class B {};');
    await follower.changed([pump]);
    await follower.saved(rotor);
    await rm(rotor);
    await follower.changed([rotor]);
    assert.deepEqual(followed, [[pump], [pump], [rotor], [rotor]]);
  });

  it('is followed again where it was written twice since the save, and has the same text as then', async () => {
    await follower.saved(pump);
    await writeFile(pump, 'class B {};');
    await writeFile(pump, 'class A {};');
    const later = new Date(Date.now() + 1000);
    await utimes(pump, later, later);
    await follower.changed([pump]);
    assert.deepEqual(followed, [[pump], [pump]]);
  });
});
