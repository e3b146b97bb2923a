/**
 * What the kernel logs about the kexts that it unloads by itself, a minute after nothing uses them any more (xnu:
 * libkern/c++/OSKext.cpp, at the levels of progress and detail).
 */
export const kernelAutounloadTemplates = {
  autounloadEnabled: ['Kext {kext} has IOService subclass {class}; enabling autounload.'],
  autounloadDelayed: ['Kext {kext} has delayed autounload set; skipping and clearing flag.'],
  autounloadScheduled: ['{*}cheduling {*}scan for unused kexts in {seconds:d} seconds.'],
  autounloadScan: ['Checking for unused kexts to autounload.'],
} as const;
