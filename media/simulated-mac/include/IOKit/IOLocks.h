// Locks. A thread that takes what another one holds waits. One that takes what it holds itself would do so for ever:
// that is a panic, unless the lock is a recursive one.
#pragma once

#include <kern/kern_types.h>
#include <libkern/OSTypes.h>
#include <sys/cdefs.h>

typedef struct _IOLock IOLock;
typedef struct _IOLock IORecursiveLock;
typedef uint64_t AbsoluteTime;

__BEGIN_DECLS
IOLock *IOLockAlloc(void);
void IOLockFree(IOLock *lock);
void IOLockLock(IOLock *lock);
void IORecursiveLockLock(IORecursiveLock *lock);
bool IOLockTryLock(IOLock *lock);
void IOLockUnlock(IOLock *lock);
bool IORecursiveLockHaveLock(const IORecursiveLock *lock);
/// Gives the lock up until the event is woken or the deadline is there, and takes it again. A wait_result_t.
int IOLockSleepDeadline(IOLock *lock, void *event, AbsoluteTime deadline, UInt32 interruptible);
void IOLockWakeup(IOLock *lock, void *event, bool oneThread);
__END_DECLS

#define IOLockSleep(lock, event, interruptible) IOLockSleepDeadline((lock), (event), UINT64_MAX, (interruptible))
#define IORecursiveLockAlloc                    IOLockAlloc
#define IORecursiveLockFree                     IOLockFree
#define IORecursiveLockUnlock                   IOLockUnlock
#define IORecursiveLockSleep                    IOLockSleep
#define IORecursiveLockSleepDeadline            IOLockSleepDeadline
#define IORecursiveLockWakeup                   IOLockWakeup
