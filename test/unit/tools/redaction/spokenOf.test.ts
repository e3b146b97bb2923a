import { describe } from 'node:test';
import { areReplaced, stay } from './redacted.ts';

describe('whom the kernel, the registry and a panic speak of', () => {
  areReplaced([
    [
      'a class of another vendor’s kext that is called as Apple calls its own',
      '+-o Hoist  <class USBCrane, id 0x1>\n  {\n    "CFBundleIdentifier" = "com.winchmakers.driver"\n  }\n',
      'USBCrane',
      '  <class ',
    ],
    [
      'the same in an archive',
      '<plist><dict><key>CFBundleIdentifier</key><string>com.winchmakers.driver</string><key>IOObjectClass</key><string>USBCrane</string></dict></plist>',
      'USBCrane',
      '<key>IOObjectClass</key><string>',
    ],
    ['a class that could not be made', 'Couldn\'t alloc class "HoistEngine"', 'HoistEngine', 'Couldn\'t alloc class "'],
    [
      'a class that is registered',
      'Kext com.winchmakers.driver registered class USBCrane.',
      'USBCrane',
      ' registered class ',
    ],
    ['a service that does not end', 'HoistEngine[0x1]::terminate(x)', 'HoistEngine', '[0x1]::terminate('],
    [
      'a function of another vendor’s kext in a backtrace',
      '0xffffff81f5c3b670 : 0xffffff7f91a2c55c com.winchmakers.driver : __ZN5Crane5startEP9IOService + 0x6c',
      'Crane',
      '5startEP9IOService + 0x6c',
    ],
    [
      'the same behind a name that ends in a digit',
      '0xffffff81f5c3b670 : 0xffffff7f91a2c55c com.winchmakers.driver : __ZN5Crane5startEP9IOService + 0x6c\n0x1 __ZN4Hub35CraneD0Ev + 0x6c\n',
      'Crane',
      '__ZN4Hub35',
    ],
    [
      'a process in a sandbox',
      'Sandbox: hoistd(587) deny(1) file-read-data /dev/x',
      'hoistd',
      '(587) deny(1) file-read-data',
    ],
    ['a process that is killed', 'memorystatus: killing_idle_process pid 587 [hoistd] (idle)', 'hoistd', 'pid 587 ['],
    [
      'a process that does too much',
      'process Hoist Helper[587] caught burning CPU',
      'Hoist Helper',
      '[587] caught burning',
    ],
    ['a process that crashed', 'hoistd[587] Corpse allowed 1 of 5', 'hoistd', '[587] Corpse allowed'],
    [
      'the process under which a Mac panicked',
      'Process name corresponding to current thread (0xffffff87038dcd10): Hoist Helper',
      'Hoist Helper',
      'Process name corresponding to current thread (0x',
    ],
    [
      'the same on Apple silicon',
      'Panicked task 0x1: 9 pages, 9 threads: pid 587: hoistd',
      'hoistd',
      'threads: pid 587: ',
    ],
    ['a volume by what HFS logs', 'hfs: mounted Johns Backup on device disk4s3', 'Johns Backup', 'on device disk4s3'],
    [
      'a volume by what APFS logs',
      'disk1s1: mounting volume Johns Backup, requested by: mount_apfs',
      'Johns Backup',
      ', requested by: mount_apfs',
    ],
    ['a host before its kernel', 'johns-mini kernel[0] <Notice>: x', 'johns-mini', ' kernel[0] <Notice>: x'],
    ['a host with its domain', 'mini.johnsmith.example configd[17]: x', 'johnsmith', ' configd[17]: x'],
    ['an e-mail address behind a line end of JSON', String.raw`"x\njohn@smith.example.org"`, 'john@smith', '"x\\n'],
  ]);

  stay([
    ['keys of a dictionary', '"IOConsoleUsers" = ({"kCGSSessionGroupIDKey"=20,"kSCSecuritySessionID"=100017})'],
    ['a process of Apple’s in a panic', 'BSD process name corresponding to current thread: kernel_task'],
    ['a name behind a line end of JSON', String.raw`"loaded kexts:\n@filesystems.msdosfs\t1.10"`],
    [
      'functions of Apple’s',
      '0x0000000012a4f670 : 0x0000000012e58bc0 com.apple.iokit.X : __ZN9IOService5startEPS_ + 0x6c',
    ],
  ]);
});
