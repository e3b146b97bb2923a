// Tells programs that somebody rings: they wait in a call.
#include <IOKit/IOCommandGate.h>
#include <IOKit/IOLib.h>
#include <IOKit/IOUserClient.h>

class DoorBell : public IOService {
    OSDeclareDefaultStructors(DoorBell)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

    IOReturn waitForRing();
    void wakeAll();

private:
    IOReturn waitGated();
    IOReturn wakeGated();

    IOWorkLoop *workLoop;
    IOCommandGate *gate;
    bool gone;
};

class DoorBellUserClient : public IOUserClient {
    OSDeclareDefaultStructors(DoorBellUserClient)

public:
    bool start(IOService *provider) override;
    bool willTerminate(IOService *provider, IOOptionBits options) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *, OSObject *,
                            void *) override;

private:
    DoorBell *bell;
};

OSDefineMetaClassAndStructors(DoorBell, IOService)
OSDefineMetaClassAndStructors(DoorBellUserClient, IOUserClient)

bool DoorBell::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    workLoop = IOWorkLoop::workLoop();
    gate = IOCommandGate::commandGate(this);
    if (!workLoop || !gate || workLoop->addEventSource(gate) != kIOReturnSuccess) {
        OSSafeReleaseNULL(gate);
        OSSafeReleaseNULL(workLoop);
        return false;
    }
    registerService();
    return true;
}

void DoorBell::stop(IOService *provider)
{
    workLoop->removeEventSource(gate);
    OSSafeReleaseNULL(gate);
    OSSafeReleaseNULL(workLoop);
    IOService::stop(provider);
}

IOReturn DoorBell::waitForRing()
{
    return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &DoorBell::waitGated));
}

void DoorBell::wakeAll()
{
    gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &DoorBell::wakeGated));
}

IOReturn DoorBell::waitGated()
{
    if (!gone)
        gate->commandSleep(&gone, THREAD_UNINT);
    return gone ? kIOReturnAborted : kIOReturnSuccess;
}

IOReturn DoorBell::wakeGated()
{
    gone = true;
    gate->commandWakeup(&gone);
    return kIOReturnSuccess;
}

bool DoorBellUserClient::start(IOService *provider)
{
    bell = OSDynamicCast(DoorBell, provider);
    return bell && IOUserClient::start(provider);
}

bool DoorBellUserClient::willTerminate(IOService *provider, IOOptionBits options)
{
    bell->wakeAll();
    return IOUserClient::willTerminate(provider, options);
}

IOReturn DoorBellUserClient::clientClose()
{
    terminate();
    return kIOReturnSuccess;
}

IOReturn DoorBellUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *, IOExternalMethodDispatch *,
                                            OSObject *, void *)
{
    return selector == 0 ? bell->waitForRing() : kIOReturnUnsupported;
}
