// Notices cables that are plugged in, wherever in the machine, and counts them.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class CableNub : public IOService {
    OSDeclareDefaultStructors(CableNub)
};

class CableWatch : public IOService {
    OSDeclareDefaultStructors(CableWatch)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    static bool plugged(void *target, void *ref, IOService *cable, IONotifier *notifier);
    bool watch();
    void unwatch();
    bool addCable();

    IONotifier *notifier;
    uint64_t cables;
};

OSDefineMetaClassAndStructors(CableNub, IOService)
OSDefineMetaClassAndStructors(CableWatch, IOService)

bool CableWatch::plugged(void *target, void *, IOService *cable, IONotifier *)
{
    CableWatch *watch = static_cast<CableWatch *>(target);
    watch->setProperty("Cables", ++watch->cables, 32);
    IOLog("CableWatch: %s\n", cable->getName());
    return true;
}

bool CableWatch::watch()
{
    OSDictionary *matching = serviceMatching("CableNub");
    if (!matching)
        return false;
    // The handler may run at any time, so it has a reference.
    retain();
    notifier = addMatchingNotification(gIOFirstPublishNotification, matching, &CableWatch::plugged, this); // fault
    matching->release();
    if (!notifier)
        release();
    return notifier != NULL;
}

void CableWatch::unwatch()
{
    notifier->remove();
    notifier = NULL;
    release();
}

bool CableWatch::addCable()
{
    CableNub *nub = OSTypeAlloc(CableNub);
    bool added = nub && nub->init() && nub->attach(this);
    if (added)
        nub->registerService();
    OSSafeReleaseNULL(nub);
    return added;
}

bool CableWatch::start(IOService *provider)
{
    if (!IOService::start(provider) || !watch())
        return false;
    if (!addCable()) {
        unwatch();
        return false;
    }
    registerService();
    return true;
}

void CableWatch::stop(IOService *provider)
{
    notifier->disable();
    IOService::stop(provider);
}
