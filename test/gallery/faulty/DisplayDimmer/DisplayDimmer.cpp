// Lets programs dim a display that has no driver of its own: they connect to the display's nub.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class DisplayDimmer : public IOService {
    OSDeclareDefaultStructors(DisplayDimmer)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
};

class DisplayDimmerUserClient : public IOUserClient {
    OSDeclareDefaultStructors(DisplayDimmerUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    IOService *display;
};

OSDefineMetaClassAndStructors(DisplayDimmer, IOService)
OSDefineMetaClassAndStructors(DisplayDimmerUserClient, IOUserClient)

bool DisplayDimmer::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    // Whoever opens the display gets a connection of ours.
    provider->setProperty(kIOUserClientClassKey, "DisplayDimmerUserClient"); // fault
    registerService();
    return true;
}

void DisplayDimmer::stop(IOService *provider)
{
    provider->removeProperty(kIOUserClientClassKey);
    IOService::stop(provider);
}

bool DisplayDimmerUserClient::start(IOService *provider)
{
    display = provider;
    return IOUserClient::start(provider);
}

IOReturn DisplayDimmerUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                                 IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    if (arguments->scalarInput[0] > 100)
        return kIOReturnBadArgument;
    display->setProperty("Brightness", arguments->scalarInput[0], 32);
    return kIOReturnSuccess;
}
