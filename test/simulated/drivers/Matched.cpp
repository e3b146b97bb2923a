// Drivers that want the same provider, each with a probe of its own, and a nub with a name, a location and properties.
#include "Driver.h"

class MatchedTimid : public IOService {
    OSDeclareDefaultStructors(MatchedTimid)

public:
    // Thinks less of itself than its personality does.
    IOService *probe(IOService *provider, SInt32 *score) override
    {
        *score -= 500;
        return IOService::probe(provider, score);
    }
};

class MatchedRefusing : public IOService {
    OSDeclareDefaultStructors(MatchedRefusing)

public:
    IOService *probe(IOService *, SInt32 *) override { return NULL; }
};

class MatchedFailing : public IOService {
    OSDeclareDefaultStructors(MatchedFailing)

public:
    bool start(IOService *) override { return false; }
};

class Matched : public IOService {
    OSDeclareDefaultStructors(Matched)

public:
    bool start(IOService *provider) override
    {
        if (!IOService::start(provider))
            return false;
        IOService *nub = new IOService;
        nub->init();
        nub->setName("port");
        nub->setLocation("1,a");
        nub->setProperty("Speed", 480, 32);
        nub->setProperty("Kind", "fast");
        nub->setProperty("Wired", true);
        nub->attach(this);
        nub->registerService();
        nub->release();
        return true;
    }
};

OSDefineMetaClassAndStructors(MatchedTimid, IOService)
OSDefineMetaClassAndStructors(MatchedRefusing, IOService)
OSDefineMetaClassAndStructors(MatchedFailing, IOService)
OSDefineMetaClassAndStructors(Matched, IOService)
