// Calls that sleep, loop, overflow the stack, and that never let time pass.
#include "Driver.h"

TEST_DRIVER_CLASSES

class Sleeper : public TestDriver {
    OSDeclareDefaultStructors(Sleeper)

public:
    bool begin() override;
    void end() override;
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    static void again(void *call, void *) { thread_call_enter(*(thread_call_t *)call); }
    static uint64_t deep(uint64_t n) { return n == 0 ? 0 : 1 + deep(n - 1); }

    static void late(void *, void *milliseconds)
    {
        IOLog("ran at %d ms\n", (int)(mach_absolute_time() / 1000000));
        IOSleep((unsigned int)(uintptr_t)milliseconds);
    }

    thread_call_t endless, delayed;
};

OSDefineMetaClassAndStructors(Sleeper, TestDriver)

bool Sleeper::begin()
{
    delayed = thread_call_allocate(late, NULL);
    return true;
}

void Sleeper::end()
{
#ifndef FORGETS_THREAD_CALL
    bool wasPending = thread_call_cancel_wait(delayed);
    if (wasPending || !thread_call_free(delayed))
        IOLog("a thread call was pending\n");
#endif
}

IOReturn Sleeper::call(uint32_t selector, uint64_t argument, uint64_t *result)
{
    uint64_t before = mach_absolute_time();
    if (selector == 0) {
        IOSleep((unsigned int)argument);
        IOLog("slept %d\n", (int)argument);
    } else if (selector == 1) {
        IODelay((unsigned int)argument);
    } else if (selector == 2) {
        *result = deep(argument);
        return kIOReturnSuccess;
    } else if (selector == 3) {
        endless = thread_call_allocate(again, &endless);
        thread_call_enter(endless);
    } else if (selector == 4) {
        uint64_t deadline;
        clock_interval_to_deadline((uint32_t)argument, kMillisecondScale, &deadline);
        *result = thread_call_enter1_delayed(delayed, (void *)500, deadline);
        return kIOReturnSuccess;
    } else if (selector == 5) {
        *result = thread_call_cancel(delayed);
        return kIOReturnSuccess;
    }
    *result = mach_absolute_time() - before;
    return kIOReturnSuccess;
}
