// Sets a clock chip every ten seconds, from a thread call that keeps the driver while it is pending.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

class ClockKeeper : public IOService {
    OSDeclareDefaultStructors(ClockKeeper)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void free() override;

private:
    static void tick(thread_call_param_t self, thread_call_param_t);
    void arm();
    void setClock();

    thread_call_t timer;
    uint64_t ticks;
    bool stopping;
};

OSDefineMetaClassAndStructors(ClockKeeper, IOService)

bool ClockKeeper::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    timer = thread_call_allocate(&ClockKeeper::tick, this);
    if (!timer)
        return false;
    setClock();
    arm();
    registerService();
    return true;
}

void ClockKeeper::arm()
{
    uint64_t deadline;
    clock_interval_to_deadline(10, kSecondScale, &deadline);
    retain(); // fault
    if (thread_call_enter_delayed(timer, deadline))
        release();
}

void ClockKeeper::setClock()
{
    setProperty("ClockSet", ++ticks, 64);
}

void ClockKeeper::tick(thread_call_param_t self, thread_call_param_t)
{
    ClockKeeper *keeper = static_cast<ClockKeeper *>(self);
    if (!keeper->stopping) {
        keeper->setClock();
        keeper->arm();
    }
    keeper->release();
}

void ClockKeeper::stop(IOService *provider)
{
    stopping = true;
    thread_call_cancel(timer);
    IOService::stop(provider);
}

void ClockKeeper::free()
{
    if (timer)
        thread_call_free(timer);
    IOService::free();
}
