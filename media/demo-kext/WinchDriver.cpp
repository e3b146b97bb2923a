#include "WinchDriver.hpp"

#include <IOKit/IOLib.h>

#include "WinchMotor.hpp"

OSDefineMetaClassAndStructors(WinchDriver, IOService)

static constexpr uint32_t ropeLength = 30;

bool WinchDriver::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;

    motor = WinchMotor::withRopeLength(ropeLength);
    if (!motor)
        return false;

    registerService();
    IOLog("%s: ready, %u m of rope\n", getName(), ropeLength);
    return true;
}

void WinchDriver::stop(IOService *provider)
{
    OSSafeReleaseNULL(motor);
    IOService::stop(provider);
}
