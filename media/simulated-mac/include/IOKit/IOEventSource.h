// What brings work to a work loop. It keeps its owner without a reference.
#pragma once

#include <IOKit/IOLib.h>
#include <libkern/c++/OSContainers.h>

class IOWorkLoop;

class IOEventSource : public OSObject {
    OSDeclareAbstractStructors(IOEventSource)

public:
    typedef void (*Action)(OSObject *owner, ...);

    virtual void setAction(Action newAction) { action = newAction; }
    virtual Action getAction() const { return action; }
    virtual void enable();
    virtual void disable();
    virtual bool isEnabled() const { return enabled; }
    virtual IOWorkLoop *getWorkLoop() const { return workLoop; }
    /// Called by the work loop when the source is added and, with NULL, removed.
    virtual void setWorkLoop(IOWorkLoop *loop);

protected:
    virtual bool init(OSObject *owner, Action action = NULL);
    /// It was enabled or disabled, or its work loop has changed.
    virtual void changed() {}

    OSObject *owner;
    Action action;
    bool enabled;
    IOWorkLoop *workLoop;
};
