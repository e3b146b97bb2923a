// A driver that gives every process that opens it the same user client.
#include "Driver.h"

TEST_DRIVER_CLASSES

/// Stays when its process closes it.
class LastingClient : public TestUserClient {
    OSDeclareDefaultStructors(LastingClient)

public:
    IOReturn clientClose() override {
        IOLog("clientClose\n");
        return kIOReturnSuccess;
    }
};

class OneClient : public TestDriver {
    OSDeclareDefaultStructors(OneClient)

public:
    bool begin() override { return setProperty(kIOUserClientClassKey, "LastingClient"); }
    IOReturn newUserClient(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties,
                           IOUserClient **handler) override;
    IOReturn call(uint32_t, uint64_t, uint64_t *) override { return kIOReturnSuccess; }

private:
    IOUserClient *client;
};

OSDefineMetaClassAndStructors(LastingClient, TestUserClient)
OSDefineMetaClassAndStructors(OneClient, TestDriver)

IOReturn OneClient::newUserClient(task_t owningTask, void *securityID, UInt32 type, OSDictionary *properties,
                                  IOUserClient **handler)
{
    if (!client) {
        IOReturn result = TestDriver::newUserClient(owningTask, securityID, type, properties, &client);
        if (result != kIOReturnSuccess)
            return result;
    } else {
        client->retain();
    }
    *handler = client;
    return kIOReturnSuccess;
}
