// Sends a beacon every second, to what it finds in its list at that moment.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <IOKit/IOTimerEventSource.h>

class BeaconTarget : public OSObject {
    OSDeclareDefaultStructors(BeaconTarget)

public:
    uint32_t beacons;
};

class BeaconTimer : public IOService {
    OSDeclareDefaultStructors(BeaconTimer)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    static void fired(OSObject *owner, IOTimerEventSource *sender);
    void send();
    bool addTargets(unsigned count);

    IOWorkLoop *workLoop;
    IOTimerEventSource *timer;
    OSArray *targets;
};

OSDefineMetaClassAndStructors(BeaconTarget, OSObject)
OSDefineMetaClassAndStructors(BeaconTimer, IOService)

void BeaconTimer::fired(OSObject *owner, IOTimerEventSource *sender)
{
    BeaconTimer *beacon = OSDynamicCast(BeaconTimer, owner);
    if (!beacon)
        return;
    beacon->send();
    sender->setTimeoutMS(1000);
}

void BeaconTimer::send()
{
    OSCollectionIterator *iterator = OSCollectionIterator::withCollection(targets);
    if (!iterator)
        return;
    uint32_t sent = 0;
    while (OSObject *object = iterator->getNextObject())
        if (BeaconTarget *target = OSDynamicCast(BeaconTarget, object))
            sent += ++target->beacons;
    iterator->release();
    setProperty("Sent", sent, 32);
    OSObject *known = copyProperty("Sent");
    OSSafeReleaseNULL(known);
}

bool BeaconTimer::addTargets(unsigned count)
{
    targets = OSArray::withCapacity(count);
    for (unsigned i = 0; targets && i < count; i++) {
        BeaconTarget *target = OSTypeAlloc(BeaconTarget);
        if (!target || !target->init() || !targets->setObject(target)) {
            OSSafeReleaseNULL(target);
            return false;
        }
        target->release();
    }
    return targets != NULL;
}

bool BeaconTimer::start(IOService *provider)
{
    if (!IOService::start(provider) || !addTargets(3))
        return false;
    workLoop = getWorkLoop();
    timer = IOTimerEventSource::timerEventSource(this, &BeaconTimer::fired);
    if (!workLoop || !timer || workLoop->addEventSource(timer) != kIOReturnSuccess) {
        OSSafeReleaseNULL(timer);
        OSSafeReleaseNULL(targets);
        return false;
    }
    workLoop->retain();
    timer->setTimeoutMS(1000);
    registerService();
    return true;
}

void BeaconTimer::stop(IOService *provider)
{
    timer->cancelTimeout();
    workLoop->removeEventSource(timer);
    OSSafeReleaseNULL(timer);
    OSSafeReleaseNULL(workLoop);
    OSSafeReleaseNULL(targets);
    IOService::stop(provider);
}
