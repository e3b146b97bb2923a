// Listens for key fobs: keeps every one that comes, and forgets it when it goes.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

class Keyfob : public IOService {
    OSDeclareDefaultStructors(Keyfob)
};

class KeyfobListener : public IOService {
    OSDeclareDefaultStructors(KeyfobListener)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void free() override;

private:
    static bool came(void *target, void *ref, IOService *fob, IONotifier *notifier);
    static bool went(void *target, void *ref, IOService *fob, IONotifier *notifier);
    static IOReturn heard(void *target, void *ref, UInt32 message, IOService *provider, void *argument,
                          vm_size_t size);
    bool addFob();

    IONotifier *arrivals;
    IONotifier *departures;
    IONotifier *interest;
    OSArray *fobs;
};

OSDefineMetaClassAndStructors(Keyfob, IOService)
OSDefineMetaClassAndStructors(KeyfobListener, IOService)

bool KeyfobListener::came(void *target, void *, IOService *fob, IONotifier *)
{
    return static_cast<KeyfobListener *>(target)->fobs->setObject(fob);
}

bool KeyfobListener::went(void *target, void *, IOService *fob, IONotifier *)
{
    OSArray *fobs = static_cast<KeyfobListener *>(target)->fobs;
    for (unsigned i = fobs->getCount(); i > 0; i--)
        if (fobs->getObject(i - 1) == fob)
            fobs->removeObject(i - 1);
    return true;
}

IOReturn KeyfobListener::heard(void *, void *, UInt32 message, IOService *, void *, vm_size_t)
{
    IOLog("KeyfobListener: 0x%x\n", message);
    return kIOReturnSuccess;
}

bool KeyfobListener::addFob()
{
    Keyfob *fob = OSTypeAlloc(Keyfob);
    bool added = fob && fob->init() && fob->attach(this);
    if (added)
        fob->registerService();
    OSSafeReleaseNULL(fob);
    return added;
}

bool KeyfobListener::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    fobs = OSArray::withCapacity(2);
    OSDictionary *matching = serviceMatching("Keyfob");
    if (!fobs || !matching) {
        OSSafeReleaseNULL(matching);
        return false;
    }
    arrivals = addMatchingNotification(gIOFirstPublishNotification, matching, &KeyfobListener::came, this);
    departures = addMatchingNotification(gIOTerminatedNotification, matching, &KeyfobListener::went, this);
    interest = provider->registerInterest(gIOGeneralInterest, &KeyfobListener::heard, this);
    matching->release();
    if (!arrivals || !departures || !interest || !addFob() || !addFob())
        return false;
    registerService();
    return true;
}

void KeyfobListener::stop(IOService *provider)
{
    // remove() gives the reference back, too.
    if (arrivals)
        arrivals->remove();
    if (departures)
        departures->remove();
    if (interest)
        interest->remove();
    arrivals = departures = interest = NULL;
    IOService::stop(provider);
}

void KeyfobListener::free()
{
    OSSafeReleaseNULL(fobs);
    IOService::free();
}
