// What the small drivers share: a driver on IOResources with user clients whose calls it answers itself.
#pragma once

#include <IOKit/IOCommandGate.h>
#include <IOKit/IOTimerEventSource.h>
#include <IOKit/IOUserClient.h>

/// Its subclass is the kext's driver class, and answers the calls of all its user clients.
class TestDriver : public IOService {
    OSDeclareAbstractStructors(TestDriver)

public:
    bool start(IOService *provider) override {
        setProperty(kIOUserClientClassKey, "TestUserClient");
        if (!IOService::start(provider) || !begin())
            return false;
        registerService();
        return true;
    }

    void stop(IOService *provider) override {
        end();
        IOService::stop(provider);
    }

    virtual bool begin() { return true; }
    virtual void end() {}
    virtual IOReturn call(uint32_t selector, uint64_t argument, uint64_t *result) = 0;
};

class TestUserClient : public IOUserClient {
    OSDeclareDefaultStructors(TestUserClient)

public:
    bool start(IOService *provider) override {
        driver = OSDynamicCast(TestDriver, provider);
#ifdef LOCKS_CALLS
        setProperty(kIOUserClientDefaultLockingKey, kOSBooleanTrue);
#endif
        return driver && IOUserClient::start(provider);
    }

    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override {
        uint64_t result = 0;
        IOReturn status =
            driver->call(selector, arguments->scalarInputCount ? arguments->scalarInput[0] : 0, &result);
        if (arguments->scalarOutputCount)
            arguments->scalarOutput[0] = result;
        return status;
    }

    IOReturn clientClose() override {
        IOLog("clientClose\n");
        terminate();
        return kIOReturnSuccess;
    }

    IOReturn clientDied() override {
        IOLog("clientDied\n");
        return IOUserClient::clientDied();
    }

    TestDriver *driver;
};

#define TEST_DRIVER_CLASSES                                     \
    OSDefineMetaClassAndAbstractStructors(TestDriver, IOService) \
    OSDefineMetaClassAndStructors(TestUserClient, IOUserClient)
