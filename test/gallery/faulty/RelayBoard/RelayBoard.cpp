// Switches relays. A relay that was switched rests for a while, and is kept until it has.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

/// One relay; its coil needs some time to cool down.
class Relay : public OSObject {
    OSDeclareDefaultStructors(Relay)

public:
    static Relay *relay();
    void free() override;

    void switchTo(bool on);

private:
    static void rested(thread_call_param_t self, thread_call_param_t);

    thread_call_t rest;
    bool closed;
};

class RelayBoard : public IOService {
    OSDeclareDefaultStructors(RelayBoard)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    Relay *relays[4];
};

OSDefineMetaClassAndStructors(Relay, OSObject)
OSDefineMetaClassAndStructors(RelayBoard, IOService)

Relay *Relay::relay()
{
    Relay *relay = OSTypeAlloc(Relay);
    if (relay && !relay->init())
        OSSafeReleaseNULL(relay);
    if (relay)
        relay->rest = thread_call_allocate(&Relay::rested, relay);
    return relay;
}

void Relay::free()
{
    if (rest)
        thread_call_free(rest);
    OSObject::free();
}

void Relay::switchTo(bool on)
{
    uint64_t deadline;
    clock_interval_to_deadline(300, kMillisecondScale, &deadline);
    closed = on;
    retain();
    if (thread_call_enter_delayed(rest, deadline))
        release();
}

void Relay::rested(thread_call_param_t self, thread_call_param_t)
{
    static_cast<Relay *>(self)->release();
}

bool RelayBoard::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    for (Relay *&relay : relays) {
        relay = Relay::relay();
        if (!relay)
            return false;
    }
    registerService();
    return true;
}

void RelayBoard::stop(IOService *provider)
{
    // All off, and each goes when it has rested.
    for (Relay *&relay : relays) {
        relay->switchTo(false); // fault
        OSSafeReleaseNULL(relay);
    }
    IOService::stop(provider);
}
