// An oscilloscope that one program at a time reads.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class ScopeProbe : public IOService {
    OSDeclareDefaultStructors(ScopeProbe)

public:
    bool start(IOService *provider) override;
    uint32_t sample() { return level += 17; }

private:
    uint32_t level;
};

class ScopeProbeUserClient : public IOUserClient { // fault
    OSDeclareDefaultStructors(ScopeProbeUserClient)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    ScopeProbe *probe;
};

OSDefineMetaClassAndStructors(ScopeProbe, IOService)
OSDefineMetaClassAndStructors(ScopeProbeUserClient, IOUserClient)

bool ScopeProbe::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool ScopeProbeUserClient::start(IOService *provider)
{
    probe = OSDynamicCast(ScopeProbe, provider);
    if (!probe || !IOUserClient::start(provider))
        return false;
    return probe->open(this);
}

void ScopeProbeUserClient::stop(IOService *provider)
{
    if (provider->isOpen(this))
        provider->close(this);
    IOUserClient::stop(provider);
}

IOReturn ScopeProbeUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                              IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarOutputCount != 1)
        return kIOReturnBadArgument;
    arguments->scalarOutput[0] = probe->sample();
    return kIOReturnSuccess;
}
