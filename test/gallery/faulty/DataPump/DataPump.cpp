// Moves data for any number of programs at a time: it counts who has it open.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class DataPump : public IOService {
    OSDeclareDefaultStructors(DataPump)

public:
    bool start(IOService *provider) override;
    bool handleOpen(IOService *client, IOOptionBits options, void *argument) override;
    void handleClose(IOService *client, IOOptionBits options) override;
    bool handleIsOpen(const IOService *client) const override;

private:
    uint32_t users;
};

class DataPumpUserClient : public IOUserClient {
    OSDeclareDefaultStructors(DataPumpUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *, OSObject *,
                            void *) override;

private:
    DataPump *pump;
};

OSDefineMetaClassAndStructors(DataPump, IOService)
OSDefineMetaClassAndStructors(DataPumpUserClient, IOUserClient)

bool DataPump::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool DataPump::handleOpen(IOService *, IOOptionBits, void *)
{
    users++; // fault
    setProperty("Users", users, 32);
    return true;
}

void DataPump::handleClose(IOService *, IOOptionBits)
{
    if (users > 0)
        users--;
    setProperty("Users", users, 32);
}

bool DataPump::handleIsOpen(const IOService *) const
{
    return users > 0;
}

bool DataPumpUserClient::start(IOService *provider)
{
    pump = OSDynamicCast(DataPump, provider);
    return pump && IOUserClient::start(provider) && pump->open(this);
}

IOReturn DataPumpUserClient::clientClose()
{
    pump->close(this);
    terminate();
    return kIOReturnSuccess;
}

bool DataPumpUserClient::willTerminate(IOService *provider, IOOptionBits options)
{
    if (provider->isOpen(this))
        provider->close(this);
    return IOUserClient::willTerminate(provider, options);
}

IOReturn DataPumpUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *,
                                            OSObject *, void *)
{
    // 0 begins a transfer: the pump is open for it.
    return selector == 0 && pump->open(this) ? kIOReturnSuccess : kIOReturnUnsupported;
}
