#include "WinchUserClient.hpp"

#include <IOKit/IOLib.h>

#include "WinchDriver.hpp"
#include "WinchMotor.hpp"

OSDefineMetaClassAndStructors(WinchUserClient, IOUserClient)

const IOExternalMethodDispatch WinchUserClient::methods[kMethodCount] = {
    // scalars in, bytes in, scalars out, bytes out
    {&WinchUserClient::reelOut, 1, 0, 0, 0},
    {&WinchUserClient::reelIn, 1, 0, 0, 0},
    {&WinchUserClient::getPosition, 0, 0, 1, 0},
    {&WinchUserClient::reserve, 0, 0, 0, 0},
};

bool WinchUserClient::start(IOService *provider)
{
    driver = OSDynamicCast(WinchDriver, provider);
    if (!driver || !IOUserClient::start(provider))
        return false;

    // A call may still be running while the driver stops, so hold the motor, too.
    motor = driver->getMotor();
    motor->retain();
    return true;
}

void WinchUserClient::stop(IOService *provider)
{
    driver = nullptr;
    IOUserClient::stop(provider);
}

IOReturn WinchUserClient::clientClose()
{
    if (driver && driver->isOpen(this))
        driver->close(this);
    terminate();
    return kIOReturnSuccess;
}

IOReturn WinchUserClient::externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                                         IOExternalMethodDispatch *dispatch, OSObject *target, void *reference)
{
    if (selector >= kMethodCount)
        return kIOReturnBadArgument;
    dispatch = const_cast<IOExternalMethodDispatch *>(&methods[selector]);
    return IOUserClient::externalMethod(selector, arguments, dispatch, this, reference);
}

IOReturn WinchUserClient::reelOut(OSObject *target, void *, IOExternalMethodArguments *arguments)
{
    WinchUserClient *self = OSDynamicCast(WinchUserClient, target);
    if (self->isReservedByAnother())
        return kIOReturnExclusiveAccess;
    uint32_t metres = static_cast<uint32_t>(arguments->scalarInput[0]);
    return self->motor->reelOut(metres) ? kIOReturnSuccess : kIOReturnNoSpace;
}

IOReturn WinchUserClient::reelIn(OSObject *target, void *, IOExternalMethodArguments *arguments)
{
    WinchUserClient *self = OSDynamicCast(WinchUserClient, target);
    if (self->isReservedByAnother())
        return kIOReturnExclusiveAccess;
    uint32_t metres = static_cast<uint32_t>(arguments->scalarInput[0]);
    return self->motor->reelIn(metres) ? kIOReturnSuccess : kIOReturnNoSpace;
}

IOReturn WinchUserClient::getPosition(OSObject *target, void *, IOExternalMethodArguments *arguments)
{
    WinchUserClient *self = OSDynamicCast(WinchUserClient, target);
    arguments->scalarOutput[0] = self->motor->position();
    return kIOReturnSuccess;
}

IOReturn WinchUserClient::reserve(OSObject *target, void *, IOExternalMethodArguments *)
{
    WinchUserClient *self = OSDynamicCast(WinchUserClient, target);
    return self->driver->open(self) ? kIOReturnSuccess : kIOReturnExclusiveAccess;
}

bool WinchUserClient::isReservedByAnother() const
{
    return driver->isOpen() && !driver->isOpen(this);
}
