#pragma once

#include <IOKit/IOService.h>

class WinchMotor;

/// The driver: owns the motor while it runs.
class WinchDriver : public IOService {
    OSDeclareDefaultStructors(WinchDriver)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

    /// The motor, which the caller retains if it keeps it.
    WinchMotor *getMotor() const { return motor; }

private:
    WinchMotor *motor;
};
