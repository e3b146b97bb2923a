// IOLock and IORecursiveLock (xnu, IOLocks.cpp).
#include "../core/fibers.h"

struct _IOLock {
    fibers::Fiber *owner;
    unsigned depth;
};

namespace {
bool isOwned(const IOLock *lock) { return lock->owner == fibers::current(); }

// Drivers may wait for an event that has the lock's own address. Those that want the lock wait for another one.
void take(IOLock *lock, unsigned depth) {
    if (lock->owner == reinterpret_cast<fibers::Fiber *>(0xdbdbdbdbdbdbdbdb)) panic("a lock that was freed is used");
    while (lock->owner) fibers::wait(&lock->depth);
    *lock = {fibers::current(), depth};
}

void give(IOLock *lock) {
    *lock = {};
    fibers::wake(&lock->depth, true);
}

void checkOwned(const IOLock *lock) {
    if (!isOwned(lock)) panic("a lock that %s was unlocked", lock->owner ? "another thread has taken" : "isn't taken");
}
} // namespace

#pragma GCC visibility push(default)
extern "C" {

IOLock *IOLockAlloc(void) { return static_cast<IOLock *>(IOMallocZero(sizeof(IOLock))); }
void IOLockFree(IOLock *lock) { IOFree(lock, sizeof *lock); }

void IOLockLock(IOLock *lock) {
    if (isOwned(lock)) panic("deadlock: the lock is taken already, by the same thread");
    take(lock, 1);
}

bool IOLockTryLock(IOLock *lock) {
    bool isFree = !lock->owner;
    if (isFree) take(lock, 1);
    return isFree;
}

void IORecursiveLockLock(IORecursiveLock *lock) {
    if (isOwned(lock))
        lock->depth++;
    else
        take(lock, 1);
}

void IOLockUnlock(IOLock *lock) {
    checkOwned(lock);
    if (--lock->depth == 0) give(lock);
}

bool IORecursiveLockHaveLock(const IORecursiveLock *lock) { return isOwned(lock); }

int IOLockSleepDeadline(IOLock *lock, void *event, AbsoluteTime deadline, UInt32 interruptible) {
    checkOwned(lock);
    unsigned depth = lock->depth;
    give(lock);
    wait_result_t result = fibers::wait(event, deadline, static_cast<wait_interrupt_t>(interruptible));
    take(lock, depth);
    return result;
}

void IOLockWakeup(IOLock *, void *event, bool oneThread) { fibers::wake(event, oneThread); }
}
#pragma GCC visibility pop
