#pragma once

#include <IOKit/IOUserClient.h>

class WinchDriver;
class WinchMotor;

/// A process's connection to the driver.
class WinchUserClient : public IOUserClient {
    OSDeclareDefaultStructors(WinchUserClient)

public:
    /// Selectors of externalMethod.
    enum Method : uint32_t {
        kReelOut,     // in: metres
        kReelIn,      // in: metres
        kGetPosition, // out: metres
        kReserve,     // this process alone may reel, until it closes
        kMethodCount
    };

    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOReturn clientClose() override;
    IOReturn externalMethod(uint32_t selector, IOExternalMethodArguments *arguments,
                            IOExternalMethodDispatch *dispatch, OSObject *target, void *reference) override;

private:
    static const IOExternalMethodDispatch methods[kMethodCount];
    static IOReturn reelOut(OSObject *target, void *reference, IOExternalMethodArguments *arguments);
    static IOReturn reelIn(OSObject *target, void *reference, IOExternalMethodArguments *arguments);
    static IOReturn getPosition(OSObject *target, void *reference, IOExternalMethodArguments *arguments);
    static IOReturn reserve(OSObject *target, void *reference, IOExternalMethodArguments *arguments);
    bool isReservedByAnother() const;

    WinchDriver *driver;
    WinchMotor *motor;
};
