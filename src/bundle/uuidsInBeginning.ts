import { ByteView, DamagedBytes } from './byteView.ts';
import { readLoadCommands } from './machOLoadCommands.ts';
import { headerForm, readUuid } from './machOSlice.ts';

const fatMagic = 0xcafebabe;

/** A Java class file has the fat magic too, and 45 or more where the number of architectures stands. */
const mostArchitectures = 40;

/**
 * LC_UUID of each architecture of a Mach-O file of which only the beginning is there; of a slice that lies behind it none is
 * known. Any bytes give a result.
 */
export function uuidsInBeginning(bytes: Uint8Array): readonly string[] {
  return slices(bytes).flatMap(slice => uuidOf(slice) ?? []);
}

function slices(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new ByteView(bytes, false);
  if (bytes.length < 8 || view.u32(0) !== fatMagic) return [bytes];
  const count = Math.min(view.u32(4), mostArchitectures);
  const offsets = Array.from({ length: count }, (_, index) => 8 + index * 20 + 8);
  return offsets.filter(at => at + 4 <= bytes.length).map(at => bytes.subarray(view.u32(at)));
}

function uuidOf(bytes: Uint8Array): string | undefined {
  const form = headerForm(bytes);
  if (form === undefined) return undefined;
  const view = new ByteView(bytes, form.littleEndian);
  try {
    return readUuid(view, readLoadCommands(view, form.is64Bit));
  } catch (error) {
    if (error instanceof DamagedBytes) return undefined;
    throw error;
  }
}
