/**
 * The name of one of the kernel's functions as a Mac's kernel has it; undefined for what only a kernel in user space has:
 * the C++ library, lambdas, and the plumbing that takes an event to the I/O Kit.
 */
export function kernelFunctionName(name: string): string | undefined {
  if (/::\$_|'lambda|^\(anonymous namespace\)/.test(name)) return undefined;
  const [called = ''] = name.split(/[(<[]/, 1);
  if (isOfIOKit(called)) return name;
  // A name that the C library of this machine has, too, is `kernel_name` in the kernel (libkern/libkern.h).
  const inKernel = called.replace(/^kernel_(?=[a-z\d]+$)/, '');
  return inKernel !== called || /^[a-z]+(?:_[a-z\d]+)+$/.test(called)
    ? inKernel + name.slice(called.length)
    : undefined;
}

/** The I/O Kit's and libkern's classes and functions begin with IO and OS; a return type may stand before them. */
function isOfIOKit(called: string): boolean {
  return /(?:^|\s)_?(?:IO|OS)[A-Z]\w*(?:::|$)/.test(called) && !/\b(?:std|__gnu_cxx|kernel)::/.test(called);
}
