/** The package that brings a tool, by the tool's name; Debian's and Apple's names. */
const packages: Readonly<Record<string, string>> = {
  'clang++': 'clang, lld and llvm (Debian: apt-get install clang lld llvm)',
  clang: 'clang, lld and llvm (Debian: apt-get install clang lld llvm)',
  lld: 'lld (Debian: apt-get install lld)',
  'ld64.lld': 'lld (Debian: apt-get install lld)',
  'ld64.lld-14': 'lld (Debian: apt-get install lld)',
  dsymutil: 'llvm (Debian: apt-get install llvm)',
  make: 'make (Debian: apt-get install make; macOS: xcode-select --install)',
  xcodebuild: 'Xcode, which runs on a Mac alone; elsewhere set a command that builds the kext',
  xcrun: "Xcode's command line tools (xcode-select --install)",
};

/** One sentence that says what to install so that `tool` is there. */
export function missingTool(tool: string): string {
  const brings = packages[tool.split('/').at(-1) ?? tool];
  return brings === undefined
    ? `${tool} is missing: install it or set the PATH.`
    : `${tool} is missing: install ${brings}.`;
}
