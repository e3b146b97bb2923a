// Results of I/O Kit: system 0x38, subsystem common.
#pragma once

#include <mach/kern_return.h>

typedef kern_return_t IOReturn;

#define iokit_common_err(code)   ((IOReturn)(0xe0000000 | (code)))

#define kIOReturnSuccess         KERN_SUCCESS
#define kIOReturnError           iokit_common_err(0x2bc)
#define kIOReturnNoMemory        iokit_common_err(0x2bd)
#define kIOReturnNoResources     iokit_common_err(0x2be)
#define kIOReturnNoDevice        iokit_common_err(0x2c0)
#define kIOReturnNotPrivileged   iokit_common_err(0x2c1)
#define kIOReturnBadArgument     iokit_common_err(0x2c2)
#define kIOReturnExclusiveAccess iokit_common_err(0x2c5)
#define kIOReturnCannotLock      iokit_common_err(0x2cc)
#define kIOReturnUnsupported     iokit_common_err(0x2c7)
#define kIOReturnIOError         iokit_common_err(0x2ca)
#define kIOReturnNotOpen         iokit_common_err(0x2cd)
#define kIOReturnBusy            iokit_common_err(0x2d5)
#define kIOReturnTimeout         iokit_common_err(0x2d6)
#define kIOReturnNotReady        iokit_common_err(0x2d8)
#define kIOReturnNoSpace         iokit_common_err(0x2db)
#define kIOReturnNotPermitted    iokit_common_err(0x2e2)
#define kIOReturnAborted         iokit_common_err(0x2eb)
#define kIOReturnNotFound        iokit_common_err(0x2f0)
