import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNoise } from '../../../../src/tools/text/noise.ts';

describe('A pasted prompt', () => {
  for (const prompt of [
    'dev@mac ~ % kmutil load -p /tmp/Pump.kext',
    'dev@Devs-MacBook-Pro My Kexts % sudo kextload Pump.kext',
    'root@mac /tmp # /usr/bin/log show --last 1m',
    '(base) dev@mac kexts % sudo -k kextunload -b org.sample.driver.Pump',
    'Mac:~ dev$ kextstat',
    'Devs-Mac:My Kexts dev$ sudo kextutil -n -t Pump.kext',
    'Mac:/ root# dmesg',
    'sh-3.2# kextstat -l',
    '$ kextstat',
    'mac$ ioreg -a',
    '> sudo kmutil showloaded',
    '% ioclasscount Pump',
    'dev@mac ~ % ',
    'dev@mac My Kexts %',
    'Mac:~ dev$',
    'bash-3.2$ ',
  ])
    it(`is noise: ${prompt}`, () => assert.equal(isNoise(prompt), true));

  for (const text of [
    'Pump: valve 3 at 50 % kext',
    'Pump: valve of user dev$',
    'PumpDriver@1F,2: at 50 % of its speed',
    'dev@mac ~ % says nothing of a tool',
    'Failed to load /tmp/a@b %.kext - (libkern/kext) link error.',
    'kextstat',
    'en0: lladdr b2# kextd',
  ])
    it(`is none: ${text}`, () => assert.equal(isNoise(text), false));
});
