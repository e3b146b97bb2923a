// Runs an action in the caller's thread behind the work loop's gate.
#pragma once

#include <IOKit/IOWorkLoop.h>

class IOCommandGate : public IOEventSource {
    OSDeclareDefaultStructors(IOCommandGate)

public:
    typedef IOReturn (*Action)(OSObject *owner, void *arg0, void *arg1, void *arg2, void *arg3);

    static IOCommandGate *commandGate(OSObject *owner, Action action = NULL);
    virtual bool init(OSObject *owner, Action action = NULL);

    virtual IOReturn runAction(Action action, void *arg0 = NULL, void *arg1 = NULL, void *arg2 = NULL,
                               void *arg3 = NULL);
    /// Only from an action: waits with the gate open. A wait_result_t.
    virtual IOReturn commandSleep(void *event, UInt32 interruptible = THREAD_ABORTSAFE) {
        return commandSleep(event, UINT64_MAX, interruptible);
    }
    virtual IOReturn commandSleep(void *event, AbsoluteTime deadline, UInt32 interruptible);
    virtual void commandWakeup(void *event, bool oneThread = false);
    void setWorkLoop(IOWorkLoop *loop) override;

private:
    /// While it is disabled, actions wait outside.
    void changed() override;

    UInt32 actions;
    bool removed;
};
