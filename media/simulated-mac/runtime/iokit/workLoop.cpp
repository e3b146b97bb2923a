// Work loops and their event sources. A work loop needs no thread: command gates run in their caller's, timers in a
// thread call's (as in xnu).
#include "../core/fibers.h"

OSDefineMetaClassAndAbstractStructors(IOEventSource, OSObject)
OSDefineMetaClassAndStructors(IOWorkLoop, OSObject)
OSDefineMetaClassAndStructors(IOCommandGate, IOEventSource)
OSDefineMetaClassAndStructors(IOTimerEventSource, IOEventSource)

template <typename Kind, typename... Arguments> static Kind *make(Arguments... arguments) {
    Kind *object = OSTypeAlloc(Kind);
    if (!object->init(arguments...)) OSSafeReleaseNULL(object);
    return object;
}

bool IOEventSource::init(OSObject *newOwner, Action newAction) {
    owner = newOwner;
    action = newAction;
    enabled = true;
    return newOwner && OSObject::init();
}

void IOEventSource::enable() {
    enabled = true;
    changed();
}

void IOEventSource::disable() {
    enabled = false;
    changed();
}

void IOEventSource::setWorkLoop(IOWorkLoop *loop) {
    workLoop = loop;
    changed();
}

IOWorkLoop *IOWorkLoop::workLoop() { return make<IOWorkLoop>(); }

bool IOWorkLoop::init() {
    gateLock = IORecursiveLockAlloc();
    sources.reset(OSArray::withCapacity(4), OSNoRetain);
    return OSObject::init();
}

void IOWorkLoop::free() {
    while (sources && sources->getCount() > 0) removeEventSource(static_cast<IOEventSource *>(sources->getObject(0)));
    if (gateLock) IORecursiveLockFree(gateLock);
    OSObject::free();
}

IOReturn IOWorkLoop::addEventSource(IOEventSource *source) {
    if (source->getWorkLoop()) return kIOReturnError;
    closeGate();
    sources->setObject(source);
    source->setWorkLoop(this);
    openGate();
    return kIOReturnSuccess;
}

IOReturn IOWorkLoop::removeEventSource(IOEventSource *source) {
    unsigned int index = sources->getNextIndexOfObject(source, 0);
    if (index == static_cast<unsigned int>(-1)) return kIOReturnBadArgument;
    closeGate();
    source->setWorkLoop(NULL);
    sources->removeObject(index);
    openGate();
    return kIOReturnSuccess;
}

IOReturn IOWorkLoop::runAction(Action action, OSObject *target, void *arg0, void *arg1, void *arg2, void *arg3) {
    closeGate();
    IOReturn result = action(target, arg0, arg1, arg2, arg3);
    openGate();
    return result;
}

IOCommandGate *IOCommandGate::commandGate(OSObject *owner, Action action) { return make<IOCommandGate>(owner, action); }

bool IOCommandGate::init(OSObject *newOwner, Action newAction) {
    return IOEventSource::init(newOwner, reinterpret_cast<IOEventSource::Action>(newAction));
}

void IOCommandGate::changed() { fibers::wake(&enabled); }

// A gate that is removed while actions are behind it is removed by the last one that leaves (xnu, IOCommandGate.cpp).
void IOCommandGate::setWorkLoop(IOWorkLoop *loop) {
    removed = !loop;
    if (!removed || actions == 0) IOEventSource::setWorkLoop(loop);
    changed();
}

IOReturn IOCommandGate::runAction(Action function, void *arg0, void *arg1, void *arg2, void *arg3) {
    if (!function || !workLoop) return function ? kIOReturnNotReady : kIOReturnBadArgument;
    IOWorkLoop *loop = workLoop;
    loop->closeGate();
    while (!enabled && !removed && !loop->sleepGate(&enabled, THREAD_ABORTSAFE)) {
    }
    IOReturn result = kIOReturnAborted;
    if (enabled && !removed) {
        actions++;
        result = function(owner, arg0, arg1, arg2, arg3);
        actions--;
        if (removed && actions == 0) IOEventSource::setWorkLoop(NULL);
    }
    loop->openGate();
    return result;
}

IOReturn IOCommandGate::commandSleep(void *event, AbsoluteTime deadline, UInt32 interruptible) {
    if (!workLoop || !workLoop->inGate()) panic("invalid commandSleep while not holding the gate");
    return workLoop->sleepGate(event, deadline, interruptible);
}

void IOCommandGate::commandWakeup(void *event, bool oneThread) { fibers::wake(event, oneThread); }

IOTimerEventSource *IOTimerEventSource::timerEventSource(OSObject *owner, Action action) {
    return make<IOTimerEventSource>(owner, action);
}

bool IOTimerEventSource::init(OSObject *newOwner, Action newAction) {
    call = thread_call_allocate(timeout, this);
    return IOEventSource::init(newOwner, reinterpret_cast<IOEventSource::Action>(newAction));
}

void IOTimerEventSource::free() {
    if (call) {
        cancelTimeout();
        thread_call_free(call);
    }
    IOEventSource::free();
}

void IOTimerEventSource::changed() {
    if (deadline && enabled && workLoop)
        thread_call_enter_delayed(call, deadline);
    else
        thread_call_cancel(call);
}

IOReturn IOTimerEventSource::setTimeout(UInt32 interval, UInt32 scale) {
    if (!action) return kIOReturnNoResources;
    clock_interval_to_deadline(interval, scale, &deadline);
    changed();
    return kIOReturnSuccess;
}

void IOTimerEventSource::cancelTimeout() {
    deadline = 0;
    changed();
}

// Whoever passed the gate before may have cancelled the timer or set it anew.
void IOTimerEventSource::timeout(void *self, void *) {
    OSSharedPtr<IOTimerEventSource> timer(static_cast<IOTimerEventSource *>(self), OSRetain);
    OSSharedPtr<IOWorkLoop> loop(timer->workLoop, OSRetain);
    AbsoluteTime due = timer->deadline;
    loop->closeGate();
    if (timer->enabled && timer->workLoop && due && timer->deadline == due) {
        timer->deadline = 0;
        reinterpret_cast<Action>(timer->action)(timer->owner, timer.get());
    }
    loop->openGate();
}
