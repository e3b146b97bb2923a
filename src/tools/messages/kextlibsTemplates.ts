/** What kextlibs(8) says on lines of their own: headings, and why it names no libraries (kext_tools, kextlibs_main.c). */
export const kextlibsTemplates = {
  /** The heading for what is the same for each of them. */
  allArchitectures: ['For all architectures:'],
  architecture: ['For {architecture}:'],
  noLibraries: ['No libraries found.'],
  libraryWithoutExecutable: ['{what} is a library without an executable; {*}'],
  noExecutable: [
    '{what} has no executable and should not declare OSBundleLibraries.',
    '{what} has no executable and does not need to declare OSBundleLibraries.',
  ],
  notOpened: [
    "Can't open {what}.",
    "Can't determine architectures of {what}.",
    "Can't create CFURL for '{what}'.",
    "can't add kernel extension {what}",
  ],
  toolFailed: [
    "Library error - can't get system extensions folders.",
    "Can't read kexts from folders.",
    "Can't find generic NXArchInfo for {*}.",
    'Internal error generating library list.',
    'No kext specified.',
    "Too many arguments starting at '{*}'.",
  ],
} as const;
