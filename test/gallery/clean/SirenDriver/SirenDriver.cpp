// Sounds a siren every five seconds, from a thread call that keeps the driver while it is pending.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>
#include <kern/clock.h>
#include <kern/thread_call.h>

class SirenDriver : public IOService {
    OSDeclareDefaultStructors(SirenDriver)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    void free() override;

private:
    static void sound(thread_call_param_t self, thread_call_param_t);
    void arm();

    thread_call_t timer;
    uint64_t sounded;
    bool stopping;
};

OSDefineMetaClassAndStructors(SirenDriver, IOService)

bool SirenDriver::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    timer = thread_call_allocate(&SirenDriver::sound, this);
    if (!timer)
        return false;
    arm();
    registerService();
    return true;
}

void SirenDriver::arm()
{
    uint64_t deadline;
    clock_interval_to_deadline(5, kSecondScale, &deadline);
    retain();
    if (thread_call_enter_delayed(timer, deadline))
        release();
}

void SirenDriver::sound(thread_call_param_t self, thread_call_param_t)
{
    SirenDriver *siren = static_cast<SirenDriver *>(self);
    siren->setProperty("Sounded", ++siren->sounded, 64);
    if (!siren->stopping)
        siren->arm();
    siren->release();
}

void SirenDriver::stop(IOService *provider)
{
    stopping = true;
    if (thread_call_cancel(timer))
        release();
    IOService::stop(provider);
}

void SirenDriver::free()
{
    if (timer)
        thread_call_free(timer);
    IOService::free();
}
