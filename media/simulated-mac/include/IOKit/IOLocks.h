// Locks. There is one thread, so a lock that is taken already would never be given back: that is a panic.
#pragma once

#include <libkern/OSTypes.h>
#ifndef __cplusplus
#include <stdbool.h>
#endif

typedef struct _IOLock IOLock;
typedef struct _IORecursiveLock IORecursiveLock;

#ifdef __cplusplus
extern "C" {
#endif

IOLock *IOLockAlloc(void);
void IOLockFree(IOLock *lock);
void IOLockLock(IOLock *lock);
bool IOLockTryLock(IOLock *lock);
void IOLockUnlock(IOLock *lock);

IORecursiveLock *IORecursiveLockAlloc(void);
void IORecursiveLockFree(IORecursiveLock *lock);
void IORecursiveLockLock(IORecursiveLock *lock);
void IORecursiveLockUnlock(IORecursiveLock *lock);

#ifdef __cplusplus
}
#endif
