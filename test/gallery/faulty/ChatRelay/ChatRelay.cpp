// Passes words between programs. It knows all of them.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class ChatRelay : public IOService {
    OSDeclareDefaultStructors(ChatRelay)

public:
    bool start(IOService *provider) override;
    void free() override;

    OSArray *members;
};

class ChatRelayUserClient : public IOUserClient {
    OSDeclareDefaultStructors(ChatRelayUserClient)

public:
    bool start(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    ChatRelay *relay;
    uint64_t heard;
};

OSDefineMetaClassAndStructors(ChatRelay, IOService)
OSDefineMetaClassAndStructors(ChatRelayUserClient, IOUserClient)

bool ChatRelay::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    members = OSArray::withCapacity(4);
    if (!members)
        return false;
    registerService();
    return true;
}

void ChatRelay::free()
{
    OSSafeReleaseNULL(members);
    IOService::free();
}

bool ChatRelayUserClient::start(IOService *provider)
{
    relay = OSDynamicCast(ChatRelay, provider);
    if (!relay || !IOUserClient::start(provider))
        return false;
    relay->retain(); // fault
    return relay->members->setObject(this); // fault
}

IOReturn ChatRelayUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn ChatRelayUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                             IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || arguments->scalarInputCount != 1)
        return kIOReturnBadArgument;
    for (unsigned i = 0; i < relay->members->getCount(); i++) {
        ChatRelayUserClient *member = OSDynamicCast(ChatRelayUserClient, relay->members->getObject(i));
        if (member && member != this)
            member->heard = arguments->scalarInput[0];
    }
    return kIOReturnSuccess;
}
