// Counts the pulses of a meter, on the work loop that its provider has.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <IOKit/IOWorkLoop.h>

/// Brings pulses to the work loop.
class PulseSource : public IOEventSource {
    OSDeclareDefaultStructors(PulseSource)

public:
    static PulseSource *pulseSource(OSObject *owner, IOEventSource::Action action);
    void pulse();

private:
    uint64_t pulses;
};

class PulseCounter : public IOService {
    OSDeclareDefaultStructors(PulseCounter)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    void counted(PulseSource *source);

    IOWorkLoop *workLoop;
    PulseSource *source;
    uint64_t total;
};

OSDefineMetaClassAndStructors(PulseSource, IOEventSource)
OSDefineMetaClassAndStructors(PulseCounter, IOService)

PulseSource *PulseSource::pulseSource(OSObject *owner, IOEventSource::Action action)
{
    PulseSource *source = OSTypeAlloc(PulseSource);
    if (source && !source->init(owner, action))
        OSSafeReleaseNULL(source);
    return source;
}

void PulseSource::pulse()
{
    pulses++;
    if (enabled && action)
        (*action)(owner, this);
}

bool PulseCounter::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;

    workLoop = getWorkLoop();
    if (!workLoop)
        return false;
    workLoop->retain();

    source = PulseSource::pulseSource(
        this, OSMemberFunctionCast(IOEventSource::Action, this, &PulseCounter::counted));
    if (!source || workLoop->addEventSource(source) != kIOReturnSuccess) { // fault
        OSSafeReleaseNULL(source);
        OSSafeReleaseNULL(workLoop);
        return false;
    }
    source->enable();
    source->pulse();
    registerService();
    return true;
}

void PulseCounter::stop(IOService *provider)
{
    source->disable();
    OSSafeReleaseNULL(source);
    OSSafeReleaseNULL(workLoop);
    IOService::stop(provider);
}

void PulseCounter::counted(PulseSource *)
{
    setProperty("Pulses", ++total, 64);
}
