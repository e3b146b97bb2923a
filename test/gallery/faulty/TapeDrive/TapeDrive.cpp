// Moves blocks to a tape, one transfer at a time for each program.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

class TapeDrive : public IOService {
    OSDeclareDefaultStructors(TapeDrive)

public:
    bool start(IOService *provider) override;
};

class TapeDriveUserClient : public IOUserClient {
    OSDeclareDefaultStructors(TapeDriveUserClient)

public:
    bool start(IOService *provider) override;
    void free() override;
    IOReturn clientClose() override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    static void transferred(thread_call_param_t self, thread_call_param_t);

    thread_call_t completion;
    uint32_t outstanding;
    uint32_t blocks;
};

OSDefineMetaClassAndStructors(TapeDrive, IOService)
OSDefineMetaClassAndStructors(TapeDriveUserClient, IOUserClient)

bool TapeDrive::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool TapeDriveUserClient::start(IOService *provider)
{
    if (!OSDynamicCast(TapeDrive, provider) || !IOUserClient::start(provider))
        return false;
    completion = thread_call_allocate(&TapeDriveUserClient::transferred, this);
    return completion != NULL;
}

void TapeDriveUserClient::free()
{
    if (completion)
        thread_call_free(completion);
    IOUserClient::free();
}

IOReturn TapeDriveUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

bool TapeDriveUserClient::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    // Not while the tape moves.
    if (outstanding > 0)
        *defer = true; // fault
    return IOUserClient::didTerminate(provider, options, defer);
}

void TapeDriveUserClient::transferred(thread_call_param_t self, thread_call_param_t)
{
    TapeDriveUserClient *client = static_cast<TapeDriveUserClient *>(self);
    client->outstanding--; // fault
    client->blocks++;
    client->release();
}

IOReturn TapeDriveUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *,
                                             OSObject *, void *)
{
    if (selector != 0)
        return kIOReturnUnsupported;
    if (outstanding > 0)
        return kIOReturnBusy;
    uint64_t deadline;
    clock_interval_to_deadline(2, kSecondScale, &deadline);
    outstanding++;
    retain();
    thread_call_enter_delayed(completion, deadline);
    return kIOReturnSuccess;
}
