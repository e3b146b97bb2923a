import { inventedUuid, type ListedClass, type ListedKext, listedAddress } from './appleKexts.ts';
import type { OtherKexts } from './journalEvent.ts';

const appleParts = ['USB', 'Thunderbolt', 'Intel', 'SMBus', 'HDA', 'Backlight', 'TopCase', 'Multitouch', 'Storage'];
const vendors = ['Brightwell', 'Halvorsen', 'Quillmark', 'Norrland', 'Tessaly', 'Ombrelle', 'Kestrelle'];
const duties = ['Controller', 'Hub', 'Adapter', 'Keyboard', 'Sensor', 'Platform', 'Monitor', 'Bridge', 'Mux', 'Audio'];
/** What the classes of a kext are called after its name, and what they derive from. */
const roles: readonly (readonly [role: string, superclass: string])[] = [
  ['', 'IOService'],
  ['UserClient', 'IOUserClient'],
  ['Nub', 'IOService'],
  ['Queue', 'OSObject'],
  ['Request', 'OSObject'],
  ['Policy', 'OSObject'],
  ['Table', 'OSObject'],
];

/** Every sixth kext is another vendor's. */
const vendorEvery = 6;
/** Places of the list that Apple's libraries take. */
const firstPlace = 64;

/** So many kexts with so many classes in all, invented, always the same: what a Mac lists beside Apple's libraries. */
export function otherKexts({ kexts, classes }: OtherKexts): readonly ListedKext[] {
  return Array.from({ length: kexts }, (_, at): ListedKext => {
    const size = 0x4000 + ((at * 7) % 61) * 0x1000;
    const first = Math.floor((at * classes) / kexts);
    const count = Math.floor(((at + 1) * classes) / kexts) - first;
    const { identifier, name } = nameOf(at);
    return {
      identifier,
      version: `${1 + (at % 9)}.${at % 4}`,
      compatible: '1.0',
      uuid: inventedUuid(identifier),
      address: listedAddress(firstPlace + at),
      size,
      wired: size,
      dependencies: ['com.apple.kpi.iokit', 'com.apple.kpi.libkern', 'com.apple.kpi.mach'],
      classes: Array.from({ length: count }, (_none, index) => classOf(name, at, index)),
    };
  });
}

function nameOf(at: number): { readonly identifier: string; readonly name: string } {
  const isVendors = at % vendorEvery === vendorEvery - 1;
  const place = isVendors ? Math.floor(at / vendorEvery) : at - Math.floor(at / vendorEvery);
  const makers = isVendors ? vendors : appleParts;
  const maker = makers[place % makers.length] ?? '';
  const turn = Math.floor(place / makers.length);
  const duty = duties[turn % duties.length] ?? '';
  const generation = Math.floor(turn / duties.length);
  const name = `${isVendors ? '' : 'Apple'}${maker}${duty}${generation === 0 ? '' : `G${generation + 1}`}`;
  return { name, identifier: `com.${isVendors ? maker.toLowerCase() : 'apple'}.driver.${name}` };
}

function classOf(name: string, at: number, index: number): ListedClass {
  const [role, superclass] = roles[index % roles.length] ?? ['', 'OSObject'];
  const round = Math.floor(index / roles.length);
  const instances = ((at + 1) * (index + 3)) % 5;
  return { name: `${name}${role}${round === 0 ? '' : `V${round + 1}`}`, superclass, instances };
}
