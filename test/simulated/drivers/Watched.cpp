// A nub that comes and goes, who is told of that, and a driver that takes its time to look at the nub.
#include "Driver.h"

TEST_DRIVER_CLASSES

class WatchedNub : public IOService {
    OSDeclareDefaultStructors(WatchedNub)

public:
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    bool finalize(IOOptionBits options) override;
};

class WatchedProber : public IOService {
    OSDeclareDefaultStructors(WatchedProber)

public:
    IOService *probe(IOService *provider, SInt32 *score) override;
    bool start(IOService *provider) override;
    bool willTerminate(IOService *provider, IOOptionBits options) override;
};

class Watched : public TestDriver {
    OSDeclareDefaultStructors(Watched)

public:
    bool begin() override;
    void end() override;
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;

private:
    static bool told(void *self, void *word, IOService *service, IONotifier *notifier);

    IONotifier *terminated, *willTerminate;
};

OSDefineMetaClassAndStructors(WatchedNub, IOService)
OSDefineMetaClassAndStructors(WatchedProber, IOService)
OSDefineMetaClassAndStructors(Watched, TestDriver)

bool WatchedNub::willTerminate(IOService *provider, IOOptionBits options)
{
    IOLog("%s: willTerminate\n", getName());
    return IOService::willTerminate(provider, options);
}

bool WatchedNub::finalize(IOOptionBits options)
{
    IOLog("%s: finalize\n", getName());
    return IOService::finalize(options);
}

IOService *WatchedProber::probe(IOService *, SInt32 *)
{
    IOLog("probe begins\n");
    IOSleep(5000);
    IOLog("probe ends\n");
    return this;
}

bool WatchedProber::start(IOService *provider)
{
    IOLog("start\n");
    return IOService::start(provider);
}

bool WatchedProber::willTerminate(IOService *provider, IOOptionBits options)
{
    IOLog("prober: willTerminate\n");
    return IOService::willTerminate(provider, options);
}

bool Watched::told(void *, void *word, IOService *service, IONotifier *)
{
    IOLog("%s of %s\n", (const char *)word, service->getName());
    return true;
}

bool Watched::begin()
{
    OSDictionary *nubs = serviceMatching("WatchedNub");
    terminated = addMatchingNotification(gIOTerminatedNotification, nubs, told, this, (void *)"notice: terminated");
    willTerminate =
        addMatchingNotification(gIOWillTerminateNotification, nubs, told, this, (void *)"notice: will terminate");
    nubs->release();
    return terminated && willTerminate;
}

void Watched::end()
{
    terminated->remove();
    willTerminate->remove();
}

static WatchedNub *makeNub(const char *name, IOService *provider)
{
    WatchedNub *nub = OSTypeAlloc(WatchedNub);
    nub->init();
    nub->setName(name);
    nub->attach(provider);
    nub->release();
    return nub;
}

IOReturn Watched::call(uint32_t selector, uint64_t, uint64_t *)
{
    WatchedNub *nub = makeNub("nub", this);
    switch (selector) {
    case 0: // a nub with a client goes
        makeNub("client", nub);
        nub->terminate();
        return kIOReturnSuccess;
    case 1: // one goes a second after it has come
        nub->registerService();
        IOSleep(1000);
        nub->terminate();
        return kIOReturnSuccess;
    }
    return kIOReturnUnsupported;
}
