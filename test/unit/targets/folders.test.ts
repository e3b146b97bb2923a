import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { cacheFolder, kextRecordFile, simulatedStateFolder } from '../../../src/targets/folders.ts';

describe('Where files of the user go', () => {
  it('the cache, by the XDG folders and without them', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }), '/c/kext-dev');
    for (const environment of [{}, { XDG_CACHE_HOME: '' }]) {
      assert.equal(cacheFolder(environment), join(homedir(), '.cache', 'kext-dev'));
    }
  });

  it('a Simulated Mac for each project, the same each time', () => {
    const place = simulatedStateFolder('/p/turbine', { XDG_STATE_HOME: '/s' });
    assert.match(place, /^\/s\/kext-dev\/simulated\/turbine-[0-9a-f]{8}$/);
    assert.equal(simulatedStateFolder('/p/turbine', { XDG_STATE_HOME: '/s' }), place);
    assert.notEqual(simulatedStateFolder('/q/turbine', { XDG_STATE_HOME: '/s' }), place);
  });

  it('or where KEXT_DEV_STATE says', () => {
    assert.equal(simulatedStateFolder('/p', { KEXT_DEV_STATE: '/elsewhere', XDG_STATE_HOME: '/s' }), '/elsewhere');
    assert.match(simulatedStateFolder('/p', { KEXT_DEV_STATE: '', XDG_STATE_HOME: '/s' }), /^\/s\//);
  });

  it('the record of a kext within the state, whatever its identifier holds', () => {
    assert.equal(kextRecordFile('/s', 'org.sample.driver.Turbine'), '/s/kexts/org.sample.driver.Turbine.json');
    assert.equal(kextRecordFile('/s', '../../x/y'), '/s/kexts/..%2F..%2Fx%2Fy.json');
  });
});
