// A pad to paint on; the program that has it open may paint.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class PaintPad : public IOService {
    OSDeclareDefaultStructors(PaintPad)

public:
    bool start(IOService *provider) override;
};

class PaintPadUserClient : public IOUserClient {
    OSDeclareDefaultStructors(PaintPadUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn message(UInt32 type, IOService *provider, void *argument) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *, OSObject *,
                            void *) override;

private:
    void letGo();

    PaintPad *pad;
    uint32_t strokes;
};

OSDefineMetaClassAndStructors(PaintPad, IOService)
OSDefineMetaClassAndStructors(PaintPadUserClient, IOUserClient)

bool PaintPad::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool PaintPadUserClient::start(IOService *provider)
{
    pad = OSDynamicCast(PaintPad, provider);
    if (!pad || !IOUserClient::start(provider))
        return false;
    return pad->open(this);
}

void PaintPadUserClient::letGo()
{
    if (pad && pad->isOpen(this))
        pad->close(this);
}

IOReturn PaintPadUserClient::clientClose()
{
    letGo();
    if (!isInactive())
        terminate();
    return kIOReturnSuccess;
}

IOReturn PaintPadUserClient::message(UInt32 type, IOService *provider, void *argument)
{
    if (type == kIOMessageServiceIsRequestingClose) {
        letGo();
        return kIOReturnSuccess;
    }
    return IOUserClient::message(type, provider, argument);
}

IOReturn PaintPadUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *,
                                            OSObject *, void *)
{
    if (selector != 0)
        return kIOReturnUnsupported;
    strokes++;
    return kIOReturnSuccess;
}
