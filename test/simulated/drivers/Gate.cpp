// Everything that runs behind a work loop's gate, and locks.
#include "Driver.h"

TEST_DRIVER_CLASSES

class Gate : public TestDriver {
    OSDeclareDefaultStructors(Gate)

public:
    bool begin() override;
    void end() override;
    void free() override;
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    IOReturn waitInside(void *interruptible, void *, void *, void *);
    IOReturn wakeInside(void *, void *, void *, void *);
    void fired(IOTimerEventSource *sender);

    IOWorkLoop *loop;
    IOCommandGate *gate;
    IOTimerEventSource *timer;
    IOLock *lock;
    IORecursiveLock *recursive;
    bool awaited;
    int firings;
};

OSDefineMetaClassAndStructors(Gate, TestDriver)

bool Gate::begin()
{
    lock = IOLockAlloc();
    recursive = IORecursiveLockAlloc();
    loop = IOWorkLoop::workLoop();
    gate = IOCommandGate::commandGate(this);
    timer = IOTimerEventSource::timerEventSource(
        this, OSMemberFunctionCast(IOTimerEventSource::Action, this, &Gate::fired));
    return loop->addEventSource(gate) == kIOReturnSuccess && loop->addEventSource(timer) == kIOReturnSuccess;
}

void Gate::end()
{
#ifndef FORGETS_TIMER
    loop->removeEventSource(timer);
    timer->release();
#endif
    loop->removeEventSource(gate);
    gate->release();
#ifndef FORGETS_TIMER
    loop->release();
#endif
}

void Gate::free()
{
    IOLockFree(lock);
    IORecursiveLockFree(recursive);
    TestDriver::free();
}

IOReturn Gate::waitInside(void *interruptible, void *, void *, void *)
{
    IOLog("waits\n");
    int result = gate->commandSleep(&awaited, interruptible ? THREAD_ABORTSAFE : THREAD_UNINT);
    IOLog("woke: %d%s\n", result, loop->inGate() ? "" : ", without the gate");
    return result == THREAD_AWAKENED ? kIOReturnSuccess : kIOReturnAborted;
}

IOReturn Gate::wakeInside(void *, void *, void *, void *)
{
    gate->commandWakeup(&awaited);
    IOLog("wakes\n");
    return kIOReturnSuccess;
}

void Gate::fired(IOTimerEventSource *sender)
{
    IOLog("fired %d at %d ms%s\n", ++firings, (int)(mach_absolute_time() / 1000000), loop->inGate() ? "" : ", without the gate");
    if (firings % 3 != 0)
        sender->setTimeoutMS(10);
}

IOReturn Gate::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    switch (selector) {
    case 0: // argument: whether the wait can be interrupted
        return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &Gate::waitInside), (void *)argument);
    case 1:
        return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &Gate::wakeInside));
    case 2:
        return gate->commandSleep(&awaited);
    case 3:
        return timer->setTimeoutMS((UInt32)argument);
    case 4:
        timer->cancelTimeout();
        return kIOReturnSuccess;
    case 5: // holds the lock for so many milliseconds
        IOLockLock(lock);
        IOLog("locked at %d ms\n", (int)(mach_absolute_time() / 1000000));
        IOSleep((unsigned int)argument);
        IOLockUnlock(lock);
        return kIOReturnSuccess;
    case 6:
        IOLockLock(lock);
        *result = IOLockSleepDeadline(lock, &awaited, mach_absolute_time() + argument * 1000000, THREAD_UNINT);
        IOLockUnlock(lock);
        return kIOReturnSuccess;
    case 7:
        IOLockLock(lock);
        IOLockWakeup(lock, &awaited, false);
        IOLockUnlock(lock);
        return kIOReturnSuccess;
    case 8:
        IORecursiveLockLock(recursive);
        IORecursiveLockLock(recursive);
        IORecursiveLockUnlock(recursive);
        *result = IORecursiveLockHaveLock(recursive);
        IORecursiveLockUnlock(recursive);
        return IORecursiveLockHaveLock(recursive) ? kIOReturnError : kIOReturnSuccess;
    case 9:
        IOLockLock(lock);
        IOLockLock(lock);
    }
    return kIOReturnUnsupported;
}
