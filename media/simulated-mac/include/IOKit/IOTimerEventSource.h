// Runs an action behind the work loop's gate, once, when its time has come.
#pragma once

#include <IOKit/IOWorkLoop.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

class IOTimerEventSource : public IOEventSource {
    OSDeclareDefaultStructors(IOTimerEventSource)

public:
    typedef void (*Action)(OSObject *owner, IOTimerEventSource *sender);

    static IOTimerEventSource *timerEventSource(OSObject *owner, Action action = NULL);
    virtual bool init(OSObject *owner, Action action = NULL);
    void free() override;

    virtual IOReturn setTimeoutMS(UInt32 milliseconds) { return setTimeout(milliseconds, kMillisecondScale); }
    virtual IOReturn setTimeoutUS(UInt32 microseconds) { return setTimeout(microseconds, kMicrosecondScale); }
    virtual IOReturn setTimeout(UInt32 interval, UInt32 scale = kNanosecondScale);
    virtual void cancelTimeout();

private:
    void changed() override;
    static void timeout(void *self, void *);

    thread_call_t call;
    /// Of the timeout that is set, running or not; 0 when there is none.
    AbsoluteTime deadline;
};
