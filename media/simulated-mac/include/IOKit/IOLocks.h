// Locks. There is one thread, so a lock that is taken already would never be given back: that is a panic.
#pragma once

#include <libkern/OSTypes.h>
#include <sys/cdefs.h>

typedef struct _IOLock IOLock;

__BEGIN_DECLS
IOLock *IOLockAlloc(void);
void IOLockFree(IOLock *lock);
void IOLockLock(IOLock *lock);
void IOLockUnlock(IOLock *lock);
__END_DECLS
