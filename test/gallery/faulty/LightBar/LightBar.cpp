// A bar of coloured lamps that one program at a time may drive.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class LightBar : public IOService {
    OSDeclareDefaultStructors(LightBar)

public:
    bool start(IOService *provider) override;
    void show(uint32_t colour) { shown = colour; }

private:
    uint32_t shown;
};

class LightBarUserClient : public IOUserClient {
    OSDeclareDefaultStructors(LightBarUserClient)

public:
    enum { kOpen, kClose, kShow, kMethodCount };

    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    LightBar *bar;
};

OSDefineMetaClassAndStructors(LightBar, IOService)
OSDefineMetaClassAndStructors(LightBarUserClient, IOUserClient)

bool LightBar::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool LightBarUserClient::start(IOService *provider)
{
    bar = OSDynamicCast(LightBar, provider);
    return bar && IOUserClient::start(provider);
}

IOReturn LightBarUserClient::clientClose()
{
    if (bar->isOpen(this))
        bar->close(this);
    terminate();
    return kIOReturnSuccess;
}

IOReturn LightBarUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                            IOExternalMethodDispatch *, OSObject *, void *)
{
    switch (selector) {
    case kOpen:
        // The program closes it with kClose or, at the latest, with its connection.
        return bar->open(this) ? kIOReturnSuccess : kIOReturnExclusiveAccess; // fault
    case kClose:
        if (!bar->isOpen(this))
            return kIOReturnNotOpen;
        bar->close(this);
        return kIOReturnSuccess;
    case kShow:
        if (!bar->isOpen(this))
            return kIOReturnNotOpen;
        bar->show(static_cast<uint32_t>(arguments->scalarInput[0]));
        return kIOReturnSuccess;
    }
    return kIOReturnUnsupported;
}
