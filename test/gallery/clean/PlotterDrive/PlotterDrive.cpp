// Draws lines for programs; a line that was begun is drawn to its end.
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

class PlotterDrive : public IOService {
    OSDeclareDefaultStructors(PlotterDrive)

public:
    bool start(IOService *provider) override;
};

class PlotterDriveUserClient : public IOUserClient {
    OSDeclareDefaultStructors(PlotterDriveUserClient)

public:
    bool start(IOService *provider) override;
    void free() override;
    IOReturn clientClose() override;
    bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments, IOExternalMethodDispatch *,
                            OSObject *, void *) override;

private:
    static void drawn(thread_call_param_t self, thread_call_param_t);

    thread_call_t completion;
    IOService *waiting;
    bool drawing;
};

OSDefineMetaClassAndStructors(PlotterDrive, IOService)
OSDefineMetaClassAndStructors(PlotterDriveUserClient, IOUserClient)

bool PlotterDrive::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    registerService();
    return true;
}

bool PlotterDriveUserClient::start(IOService *provider)
{
    if (!OSDynamicCast(PlotterDrive, provider) || !IOUserClient::start(provider))
        return false;
    completion = thread_call_allocate(&PlotterDriveUserClient::drawn, this);
    return completion != NULL;
}

void PlotterDriveUserClient::free()
{
    if (completion)
        thread_call_free(completion);
    IOUserClient::free();
}

IOReturn PlotterDriveUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

bool PlotterDriveUserClient::didTerminate(IOService *provider, IOOptionBits options, bool *defer)
{
    if (drawing) {
        waiting = provider;
        *defer = true;
    }
    return IOUserClient::didTerminate(provider, options, defer);
}

void PlotterDriveUserClient::drawn(thread_call_param_t self, thread_call_param_t)
{
    PlotterDriveUserClient *client = static_cast<PlotterDriveUserClient *>(self);
    client->drawing = false;
    if (client->waiting) {
        bool defer = false;
        client->didTerminate(client->waiting, 0, &defer);
    }
    client->release();
}

IOReturn PlotterDriveUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *,
                                                IOExternalMethodDispatch *, OSObject *, void *)
{
    if (selector != 0 || drawing)
        return kIOReturnBusy;
    uint64_t deadline;
    clock_interval_to_deadline(3, kSecondScale, &deadline);
    drawing = true;
    retain();
    thread_call_enter_delayed(completion, deadline);
    return kIOReturnSuccess;
}
