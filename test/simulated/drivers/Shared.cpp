// A driver that several user clients hold open at a time, and a nub with two providers.
#include "Driver.h"

TEST_DRIVER_CLASSES

class SharedNub : public IOService {
    OSDeclareDefaultStructors(SharedNub)
};

class Shared : public TestDriver {
    OSDeclareDefaultStructors(Shared)

public:
    IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) override;
    bool handleOpen(IOService *forClient, IOOptionBits options, void *argument) override;
    void handleClose(IOService *forClient, IOOptionBits options) override;
    bool handleIsOpen(const IOService *forClient) const override;

private:
    IOService *holders[4];
};

OSDefineMetaClassAndStructors(SharedNub, IOService)
OSDefineMetaClassAndStructors(Shared, TestDriver)

bool Shared::handleOpen(IOService *forClient, IOOptionBits, void *)
{
    for (IOService *&holder : holders) {
        if (!holder) {
            holder = forClient;
            return true;
        }
    }
    return false;
}

void Shared::handleClose(IOService *forClient, IOOptionBits)
{
    for (IOService *&holder : holders)
        if (holder == forClient)
            holder = NULL;
}

bool Shared::handleIsOpen(const IOService *forClient) const
{
    for (IOService *holder : holders)
        if (holder && (!forClient || holder == forClient))
            return true;
    return false;
}

IOReturn Shared::call(uint32_t selector, uint64_t, uint64_t *result)
{
    IOService *client = OSDynamicCast(IOService, getClient());
    if (selector == 0) { // one more holder
        *result = open(client);
        return kIOReturnSuccess;
    }
    if (selector == 1) { // how many hold it
        for (IOService *holder : holders)
            *result += holder != NULL;
        return kIOReturnSuccess;
    }
    if (selector == 2) { // lets go of one
        close(client);
        return kIOReturnSuccess;
    }
    SharedNub *nub = new SharedNub;
    nub->init();
    nub->attach(this);
    nub->attach(getResourceService());
    nub->release();
    return kIOReturnSuccess;
}
