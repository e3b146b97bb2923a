import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactCaptures } from '../../../../src/tools/redaction/redactCaptures.ts';
import { areReplaced, nobody, redacted, said, stay } from './redacted.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('whose Mac, device or signature it is', () => {
  areReplaced([
    ['a home with a blank', '"p" = "/Users/john smith/Documents/x"', 'smith', '"p" = "/Users/'],
    ['the same without more', 'setenv HOME "/Users/john smith"', 'smith', 'setenv HOME "/Users/'],
    ['the same as a shell has it', String.raw`/Users/john\ smith/x`, 'smith', '/Users/'],
    ['what lies in such a home', '/Users/jane doe/Desktop/Winch App.app/Contents/MacOS/Winch', 'winch', '/Desktop/'],
    ['a folder with a blank', 'at /Users/a/src/Winch Kext/Hoist.cpp:12', 'hoist', '.cpp:12'],
    ['a name of letters that are digits', 'at /Users/ada/x: Ada logged in', 'ada', ' logged in'],
    ['a first name', '"kCGSessionLongUserNameKey"="John Smith", and John said', 'john', ' said'],
    ['a user of a build', String.raw`    export LOGNAME\=johnsmith`, 'johnsmith', String.raw`export LOGNAME\=`],
    ['a user of settings of Xcode', '    INSTALL_OWNER = johnsmith', 'johnsmith', 'INSTALL_OWNER = '],
    ['a keyboard', '"Product" = "John’s Magic Keyboard"', 'john', '"Product" = "'],
    ['a mouse in the registry', '+-o John’s Mouse@1d18  <class IOHIDDevice, id 0x1>', 'john', 's Mouse@1d18'],
    ['a device in an archive', '<key>Product</key>\n<string>John’s Mouse</string>', 'john', '<key>Product</key>'],
    ['a device in a message', 'Connected to "John\'s AirPods Pro" now', 'john', ' AirPods Pro" now'],
    ['a Mac with a German name', 'the MacBook Pro von Johanna is there', 'johanna', 'the MacBook Pro von '],
    ['a vendor of a device', '"USB Vendor Name" = "Winchmakers Inc."', 'winchmakers', '"USB Vendor Name" = "'],
    [
      'a device on a bus',
      'Winch 9@14100000: enumerated 0x1234/5678 (Winch 9 / 1) at 480 Mbps',
      'winch',
      '@14100000: enumerated 0x1234/5678 (',
    ],
    ['a disk’s serial number', 'USBMSC Identifier (non-unique): 0A1B2C3D4E5F 0x1234', '0A1B2C', 'unique): '],
    ['a serial number of a profile', '      Serial Number (system): C02XK1ABJG5J', 'C02XK1', 'Number (system): '],
    ['a serial number in JSON', '{ "ibridge_serial" : "C02XK1ABJG5J" }', 'C02XK1', '{ "ibridge_serial" : "'],
    ['a device for provisioning', 'UDID: 00008103-001234567890001E', '001234567890001E', 'UDID: '],
    ['a network in a message', "SSID = 'Smiths Home', BSSID", 'smiths', "', BSSID"],
    ['a network without quotes', 'joined SSID:SmithsNet now', 'smithsnet', ' now'],
    ['a volume that is mounted', "Mounting volume 'John's Backup' on x", 'john', "' on x"],
    ['a volume that goes', 'disk4: volume named Johns Backup unmounted', 'johns', ' unmounted'],
    ['a user with a password', 'mount //john:geheim@nas/share', 'geheim', 'mount //'],
    ['who signs', 'Authority=Apple Development: John Smith (AB12CD34EF)', 'smith', 'Apple Development: '],
    ['a team that signs', 'Developer ID Application: Winch Inc. (ABCDE12345)', 'ABCDE12345', 'Application: '],
    ['a company that signs', 'Developer ID Application: Winch Inc. (ABCDE12345)', 'winch', 'Application: '],
    ['a team', 'TeamIdentifier=ABCDE12345', 'ABCDE12345', 'TeamIdentifier='],
    ['a team in a message', "Team ID: 'ABCDE12345' is not", 'ABCDE12345', "' is not"],
    ['a team of a build', String.raw`export DEVELOPMENT_TEAM\=ABCDE12345`, 'ABCDE12345', 'DEVELOPMENT_TEAM'],
    ['a team before an identifier', 'ABCDE12345.com.winchmakers.hoist', 'winchmakers', '.com.'],
    [
      'a certificate',
      '/usr/bin/codesign --force --sign 0123456789ABCDEF0123456789ABCDEF01234567 x',
      '0123456789ABCDEF',
      ' --sign ',
    ],
    [
      'what was staged for a collection',
      'at /private/var/db/KernelExtensionManagement/Staging/com.winchmakers.x.Gy7dkf/Winch.kext:',
      'winch',
      '/private/var/db/KernelExtensionManagement/Staging/com.',
    ],
    ['a vendor with a short name', 'Kext com.hpx.driver.Winchmaker', '.hpx.', 'Kext com.'],
    ['a bundle by its address', 'URL = "file:///Library/Extensions/Winch%20Driver.kext/", ID', 'winch', '.kext/", ID'],
    ['a home in an address', 'file:///Users/john%20smith/x', 'smith', 'file:///Users/'],
    ['what an object is called', '+-o WinchThing  <class HoistNub, id 0x1>', 'winchthing', '  <class '],
    ['a category of another vendor’s', '"IOMatchCategory" = "WinchCategory"', 'winch', '"IOMatchCategory" = "'],
    ['whom sudo does not let in', 'User johnsmith is not allowed to run sudo on a.', 'johnsmith', ' is not allowed'],
    ['where sudo does not let one in', 'User a is not allowed to run sudo on johns-mini.', 'johns-mini', 'sudo on '],
    ['a host that sudo does not find', 'sudo: unable to resolve host johns-mini: x', 'johns-mini', 'host '],
    ['a bundle by its name', 'for kext "Winch Driver.kext"', 'winch', '.kext"'],
    ['the same without quotes', 'Notice: Winch.kext has debug properties set.', 'winch', ' has debug properties set.'],
    ['a process with blanks', 'Winch Maker He[123] Corpse allowed 1 of 5', 'winch', '[123] Corpse allowed'],
  ]);

  stay([
    ['what Apple makes', '"Product" = "Apple Internal Keyboard / Trackpad" "USB Vendor Name" = "Apple Inc."'],
    ['devices that anybody may have', '"USB Product Name" = "USB2.0 Hub" "Product" = "USB Keyboard"'],
    ['things of the system’s', "Apple’s kext, no code for running kernel's architecture."],
    ['bundles of Apple’s', 'IOUSBFamily.kext "AppleUSBHub.kext" com.apple.driver.AppleUSBHub.kext'],
    ['homes that nobody has', 'in /Users/Shared/x and /Users/'],
    ['settings that name nobody', 'setenv USER root'],
  ]);

  it('the project’s own sources and what lies in its folder stay, as its classes do', () => {
    const own = { identifiers: ['org.sample.driver.Turbine'], classes: ['TurbineRotor'], words: ['Turbine'] };
    const ofBuild = (user: string) =>
      `/Users/${user}/src/Turbine/TurbineRotor.cpp:1:1: error: x\n/Users/${user}/src/Turbine/Shaft/kmod.c:1:1: error: x\nTurbineRotor = 1\n`;
    const out = redacted(ofBuild('johnsmith'), { ...nobody, own }, 'clang');
    assert.equal(out, ofBuild(/Users\/(\w+)/.exec(out)?.[1] ?? ''));
    assert.ok(!out.includes('johnsmith'));
  });

  it('a device that is called as the project’s own kext stays, as the kext does', () => {
    const own = { identifiers: ['org.sample.driver.Turbine'], classes: ['TurbineRotor'], words: ['Turbine'] };
    const text =
      '"Product" = "Turbine"\nTurbine.kext class TurbineRotor\n/private/tmp/kext-dev/.Turbine.kext.kext-dev-old';
    assert.equal(redacted(text, { ...nobody, own }), text);
  });

  it('a login in the list of processes, and whoever it is, wherever else that stands', () => {
    const out = redacted('  401 sshd: johnsmith@ttys001\n  402 sshd-session: johnsmith [priv]\n', nobody, 'ps');
    assert.match(out, /^ {2}401 sshd: (\w{9})@ttys001\n {2}402 sshd-session: \1 \[priv\]\n$/);
    assert.ok(!out.includes('johnsmith'));
  });

  it('goes from bytes, too', () => {
    const out = redacted(`<key>DeviceName</key>\n<data>${base64('Winchmakers 9\0')}</data>`);
    assert.doesNotMatch(atob(/<data>([^<]*)/.exec(out)?.[1] ?? ''), /winch/i);
  });

  it('takes time that grows with the text', { timeout: 60_000 }, () => {
    const pieces = [
      '/Users/a b c ',
      '/A B C',
      'John ',
      'iPhone de ',
      'Team ID: ',
      'SSID="',
      "volume '",
      '//a:b',
      '"a":"',
      'A b.kext',
    ];
    for (const piece of [...pieces, 'Apple Development: ', 'codesign ', 'x[1] ', 'USER='])
      assert.ok(redactCaptures([said(piece.repeat(500_000 / piece.length))], nobody).captures.length === 1, piece);
  });
});
