// Counts what programs consume; each gets samples of the last minute.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

/// The newest values, shared with the programs that look at them.
class UsageSamples : public OSObject {
    OSDeclareDefaultStructors(UsageSamples)

public:
    bool init() override
    {
        if (!OSObject::init())
            return false;
        newest = 0;
        return true;
    }

    uint64_t values[60];
    uint32_t newest;
};

class UsageMeter : public IOService {
    OSDeclareDefaultStructors(UsageMeter)

public:
    bool start(IOService *provider) override;
    void free() override;

    UsageSamples *samples;
};

class UsageMeterUserClient : public IOUserClient {
    OSDeclareDefaultStructors(UsageMeterUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    UsageSamples *samples;
};

OSDefineMetaClassAndStructors(UsageSamples, OSObject)
OSDefineMetaClassAndStructors(UsageMeter, IOService)
OSDefineMetaClassAndStructors(UsageMeterUserClient, IOUserClient)

bool UsageMeter::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    samples = OSTypeAlloc(UsageSamples);
    if (!samples || !samples->init())
        return false;
    registerService();
    return true;
}

void UsageMeter::free()
{
    OSSafeReleaseNULL(samples);
    IOService::free();
}

bool UsageMeterUserClient::start(IOService *provider)
{
    UsageMeter *meter = OSDynamicCast(UsageMeter, provider);
    if (!meter || !IOUserClient::start(provider))
        return false;
    samples = meter->samples;
    samples->retain(); // fault
    return true;
}

IOReturn UsageMeterUserClient::clientClose()
{
    OSSafeReleaseNULL(samples);
    terminate();
    return kIOReturnSuccess;
}

IOReturn UsageMeterUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                              IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    samples->newest = (samples->newest + 1) % 60;
    samples->values[samples->newest] = arguments->scalarInput[0];
    return kIOReturnSuccess;
}
