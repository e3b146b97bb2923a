// A stepper motor; all motors have their gate from a class that they share.
#include <IOKit/IOCommandGate.h>
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// A motor whose commands run one at a time.
class GatedMotor : public IOService {
    OSDeclareAbstractStructors(GatedMotor)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;
    IOWorkLoop *getWorkLoop() const override { return workLoop; }

protected:
    virtual bool powerOn() = 0;

    IOWorkLoop *workLoop;
    IOCommandGate *gate;

private:
    void removeGate();
};

class StepperMotor : public GatedMotor {
    OSDeclareDefaultStructors(StepperMotor)

protected:
    bool powerOn() override;

private:
    IOReturn step(void *steps);

    uint64_t position;
};

OSDefineMetaClassAndAbstractStructors(GatedMotor, IOService)
OSDefineMetaClassAndStructors(StepperMotor, GatedMotor)

bool GatedMotor::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    workLoop = IOWorkLoop::workLoop();
    gate = IOCommandGate::commandGate(this);
    if (!workLoop || !gate || workLoop->addEventSource(gate) != kIOReturnSuccess || !powerOn()) {
        removeGate();
        return false;
    }
    registerService();
    return true;
}

void GatedMotor::stop(IOService *provider)
{
    removeGate();
    IOService::stop(provider);
}

void GatedMotor::removeGate()
{
    if (workLoop && gate)
        workLoop->removeEventSource(gate);
    OSSafeReleaseNULL(gate);
    OSSafeReleaseNULL(workLoop);
}

bool StepperMotor::powerOn()
{
    void *steps = reinterpret_cast<void *>(200);
    return gate->runAction(OSMemberFunctionCast(IOCommandGate::Action, this, &StepperMotor::step), steps) ==
           kIOReturnSuccess;
}

IOReturn StepperMotor::step(void *steps)
{
    position += reinterpret_cast<uint64_t>(steps);
    setProperty("Position", position, 64);
    return kIOReturnSuccess;
}
