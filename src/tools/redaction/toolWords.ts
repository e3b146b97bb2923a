/** Words that the tools and the kernel use themselves: a person who is called so is hidden only where that is clear. */
const words = `
  ioservice ioregistryentry ioregistryentryname ioregistryentrylocation ioregistryentryid ioregistryentrychildren
  ioobjectclass ioobjectinheritance ioobjectretaincount ioservicestate ioservicebusystate ioservicebusytime
  iouserclientcreator iouserclient iomatchcategory ioproviderclass ioresources iokitdiagnostics ioprobescore
  osobject osmetaclass osarray osdictionary osstring osdata osnumber osset osboolean ossymbol osserializer
  plist dict array string integer true false data date real key xml version encoding doctype public dtd propertylist
  root user users shared admin guest local localhost system library applications application support contents macos
  private extensions frameworks framework utilities volumes volume home temporary folders bundle executable
  registered matched active inactive busy retain class instance instances index refs address size wired architecture
  name linked against kernel kext kextd kextload kextunload kextstat kextutil kextcache kmutil kernelmanagerd ioreg
  ioclasscount sysctl csrutil launchd sudo executing variant specified falling back release notice warning error errors
  failed failure unload unloaded unloading load loaded loading request requesting space received calling module stop start
  function routine return code result internal outstanding references linkage tracking object objects services service
  terminated terminate termination personalities personality removed found resource policy prevents authentication
  validation dependency dependencies resolution symbols unresolved link device devices driver drivers family interface
  controller client provider manager engine power management memory thread queue event events timestamp message process
  processes image path sender subsystem category activity type default info debug fault count create transition actions finished filter log flags
  changed from sec usec product build status integrity protection enabled disabled unknown custom configuration signing
  apple mac macbook imac macmini macintosh darwin intel generic channel network ethernet wireless bluetooth storage
  media disk partition block graphics display audio keyboard mouse trackpad battery thermal sensor serial port hub
  host bus bridge register interrupt timer work loop command gate notification notifier iterator collection boot
  charge virtual platform expert nub slot express universal human input output stream buffer descriptor transport
  com org net driverkit iokit kpi libkern bsd mach dsep unsupported domain userinfo could not find file url the this that
  make clang entering leaving directory nothing done target project file files in function note undefined referenced by
  included include fatal generated member lld skipping such generating prelinked slice for arch dev mode allowing
  invalid signature missing including anyway has incorrect permissions omitting created libraries without each
  symbol more than multiple among allocated bytes successfully refusing with different already present can uuid
  rejected due usr bin unable create kxld couldn get list kexts remove classes have handling check logs messages
  synchronous did returned using problems failures warnings defaulting diagnostics incompatible contain untrusted
  allowed will cache out properties set validate deleting stage secure location signatured appears loadable
  started sending catalogue sent supported recording encountered validating filesystem checking attempting
  following approval times seconds reboot required operation take effect panic report sat sun mon tue wed thu fri
  interval since line defaults nonzero exit commands write auxiliary mkdir chmod replacing existing prepare
  packages component rebuilding hash exception rebuild override memcpy chk memset xdc declarations your kextlibs
  stat reading returning rejects restart security settings preferences privacy team identifiers developer
  and new one all only what how try any compatible these does are caller trap last anonymous none stackshot description
  occurred while building backtrace sleep wake specific xcodebuild was were not its before after again first second next
  previous same other another which who when where why now then there here cpu core page physical virtual
  filesystem blocks used available capacity iused ifree mounted matching entries may run consent nvram spctl keepsyms
  mark jack challenge relevant brick archive package kit extension daemon agent helper server tool update test filtering pass null tof repeated time amp lt gt quot apos
  add added bad filesystems
`;

const known: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
const all = [...known].join(' ');

/** Whether it is one of the words, whatever its case. */
export function isToolWord(text: string): boolean {
  return known.has(text.toLowerCase());
}

/** Whether its letters stand inside one of the words. */
export function isWithinToolWords(text: string): boolean {
  return all.includes(text.toLowerCase());
}
