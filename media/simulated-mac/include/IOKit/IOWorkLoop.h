// A gate that one thread at a time passes, and the event sources whose actions run behind it.
#pragma once

#include <IOKit/IOEventSource.h>

class IOWorkLoop : public OSObject {
    OSDeclareDefaultStructors(IOWorkLoop)

public:
    static IOWorkLoop *workLoop();
    bool init() override;
    void free() override;

    /// Retains the source.
    virtual IOReturn addEventSource(IOEventSource *source);
    virtual IOReturn removeEventSource(IOEventSource *source);

    virtual void closeGate() { IORecursiveLockLock(gateLock); }
    virtual void openGate() { IORecursiveLockUnlock(gateLock); }
    virtual bool inGate() const { return IORecursiveLockHaveLock(gateLock); }
    /// Waits with the gate open. A wait_result_t.
    virtual int sleepGate(void *event, UInt32 interruptible) { return sleepGate(event, UINT64_MAX, interruptible); }
    virtual int sleepGate(void *event, AbsoluteTime deadline, UInt32 interruptible) {
        return IORecursiveLockSleepDeadline(gateLock, event, deadline, interruptible);
    }
    typedef IOReturn (*Action)(OSObject *target, void *arg0, void *arg1, void *arg2, void *arg3);
    virtual IOReturn runAction(Action action, OSObject *target, void *arg0 = NULL, void *arg1 = NULL,
                               void *arg2 = NULL, void *arg3 = NULL);

private:
    IORecursiveLock *gateLock;
    OSSharedPtr<OSArray> sources;
};
